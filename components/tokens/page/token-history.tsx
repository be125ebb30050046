'use client'

import { loadAuditEvents } from '@/app/[tenant]/settings/api-access/token-actions'
import type { AuditEvent, AuditEventType } from '@/lib/audit/events'
import type { Page } from '@/lib/paging'
import { AuditHistory } from './audit-history'

export type TokenHistoryProps = {
  tenant: string
  tokenId: string
  name: string
  now: number
  firstPage: Page<AuditEvent>
  initialTypes: readonly AuditEventType[]
}

/** What can happen to a token; the filter offers these. */
const TOKEN_EVENT_TYPES: readonly AuditEventType[] = [
  'MINTED',
  'IMPORTED',
  'ROTATED',
  'UPDATED',
  'SCOPES_CHANGED',
  'REVOKED',
  'USED_WHILE_REVOKED',
]

export function TokenHistory({ tenant, tokenId, name, ...props }: TokenHistoryProps) {
  return (
    <AuditHistory
      {...props}
      label={`Audit history of ${name}`}
      tenant={tenant}
      eventTypes={TOKEN_EVENT_TYPES}
      load={(request) => loadAuditEvents(tenant, { ...request, tokenId })}
    />
  )
}
