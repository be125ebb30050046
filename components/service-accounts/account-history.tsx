'use client'

import { loadAccountHistory } from '@/app/[tenant]/settings/api-access/service-account-actions'
import { EventList } from '@/components/audit/event-list'
import { EmptyState } from '@/components/ui/empty-state'
import type { AuditEvent } from '@/lib/audit/events'
import type { Page } from '@/lib/paging'

export type AccountHistoryProps = {
  tenant: string
  serviceAccountId: string
  name: string
  now: number
  firstPage: Page<AuditEvent>
  openEventId: string | null
}

/** What happened to the account itself; each token keeps its own history. */
export function AccountHistory(props: AccountHistoryProps) {
  const { tenant, serviceAccountId, name, now, firstPage, openEventId } = props
  return (
    <EventList
      label={`History of ${name}`}
      tenant={tenant}
      now={now}
      firstPage={firstPage}
      openEventId={openEventId}
      linked={false}
      loadMore={(pageToken) => loadAccountHistory(tenant, { serviceAccountId, pageToken })}
      empty={
        <EmptyState
          framed={false}
          title="No events yet"
          description="Creation, changes, suspension and revocation will be listed here."
        />
      }
    />
  )
}
