import type pg from 'pg'
import type { AuditEventType } from '@/lib/audit/events'
import { appendToOwnOrganizations } from '@/lib/audit/own-organizations'
import type { RequestFacts } from '@/lib/context'
import type { EmailLinkSealer } from '@/lib/email/link-sealer'
import { newId } from '@/lib/ids'
import type { TwoFactorChange } from '@/lib/notifications/account-kinds'
import { notify } from '@/lib/notifications/notify'

export interface FactorChange {
  eventType: AuditEventType
  change: TwoFactorChange
  details: Record<string, unknown>
  /** Epoch ms. */
  at: number
}

/** Tells the person that something about their second factors is no longer as it was. */
export async function tellFactorChange(
  client: Pick<pg.PoolClient, 'query'>,
  sealer: EmailLinkSealer,
  request: RequestFacts,
  person: { userId: string },
  { change, at }: Pick<FactorChange, 'change' | 'at'>,
): Promise<void> {
  await notify(client, sealer, {
    kind: 'two-factor-changed',
    facts: { change, ip: request.ip, at },
    organizationId: null,
    recipients: [{ userId: person.userId, reason: 'ACCOUNT' }],
    idempotencyKey: `two-factor-changed:${newId()}`,
  })
}

/** The same, and the audit trail of every organization of theirs. Last in the caller's transaction. */
export async function recordFactorChange(
  client: Pick<pg.PoolClient, 'query'>,
  sealer: EmailLinkSealer,
  request: RequestFacts,
  person: { userId: string; displayName: string },
  change: FactorChange,
): Promise<void> {
  await tellFactorChange(client, sealer, request, person, change)
  const { eventType, details } = change
  await appendToOwnOrganizations(client, request, person, { eventType, details })
}
