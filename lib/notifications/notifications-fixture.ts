import type { UserPrincipal } from '@/lib/access/principal'
import type { Context } from '@/lib/context'
import type { Database } from '@/lib/db/database'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import { newId } from '@/lib/ids'
import type { NotificationKind } from '@/lib/notifications/model'
import { type NewNotification, notify } from '@/lib/notifications/notify'

export type PersonContext = Context<UserPrincipal>

/** A change of a personal token, to one person; a new key each time. */
export function tokenChanged(
  person: PersonContext,
  traits: Partial<NewNotification<'token-changed'>> = {},
): NewNotification<'token-changed'> {
  return {
    kind: 'token-changed',
    facts: {
      change: 'REVOKED',
      tokenId: newId(),
      tokenName: 'prod-server',
      serviceAccountName: null,
      by: 'Ana Ruiz',
      at: Date.UTC(2026, 10, 20, 10, 0),
    },
    organizationId: person.organization.id,
    recipients: [{ userId: person.principal.userId, reason: 'OWNER' }],
    idempotencyKey: newId(),
    ...traits,
  }
}

/** In a transaction of its own, as a command would. */
export async function tell<Kind extends NotificationKind>(
  { db, crypto }: Pick<Context, 'db' | 'crypto'>,
  notification: NewNotification<Kind>,
): Promise<void> {
  await sqlTransaction(db.pool, (client) => notify(client, crypto.emailLinks, notification))
}

export interface StoredNotice {
  kind: string
  facts: Record<string, unknown>
  reason: string
  inApp: boolean
  email: string
  emailId: string | null
}

/** What one person was told, oldest first. */
export async function noticesOf(db: Database, userId: string): Promise<StoredNotice[]> {
  const { rows } = await db.pool.query<StoredNotice>(
    `SELECT kind, facts, reason, in_app AS "inApp", email::text AS email, email_id AS "emailId"
     FROM notifications WHERE user_id = $1 ORDER BY id`,
    [userId],
  )
  return rows
}

export interface WaitingEmail {
  id: string
  template: string
  facts: Record<string, unknown>
  state: string
  hasLink: boolean
}

/** What is in the outbox for an address, oldest first. */
export async function outboxOf(db: Database, recipient: string): Promise<WaitingEmail[]> {
  const { rows } = await db.pool.query<WaitingEmail>(
    `SELECT id, template, facts, state::text AS state, sealed_link IS NOT NULL AS "hasLink"
     FROM outgoing_emails WHERE recipient = $1 ORDER BY created_at, id`,
    [recipient],
  )
  return rows
}

/** The secret of the newest link to an address. */
export async function unsubscribeSecretFor(ctx: PersonContext): Promise<string> {
  const { rows } = await ctx.db.pool.query<{ id: string; sealed: Buffer }>(
    `SELECT id, sealed_link AS sealed FROM outgoing_emails
     WHERE recipient = $1 AND sealed_link IS NOT NULL ORDER BY created_at DESC, id DESC LIMIT 1`,
    [ctx.principal.email],
  )
  const row = rows[0]
  if (!row) throw new Error('No e-mail with a link was written.')
  return ctx.crypto.emailLinks.open(row.id, row.sealed).replace('/unsubscribe/', '')
}
