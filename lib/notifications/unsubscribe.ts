import type { Database } from '@/lib/db/database'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import type { EmailLinkSealer } from '@/lib/email/link-sealer'
import { DomainError } from '@/lib/errors'
import { setPreference } from '@/lib/notifications/cadence'
import {
  decided,
  NOTIFICATION_KINDS,
  type NotificationKind,
  type Preference,
} from '@/lib/notifications/model'
import { subscriptionOf } from '@/lib/notifications/unsubscribe-secret'

/** The end of an e-mail's link, where nobody is signed in: whoever holds it may stop what it came with. */
export interface UnsubscribeDoor {
  db: Database
  crypto: { emailLinks: EmailLinkSealer }
  secret: string
}

export interface Unsubscription {
  /** What would stop: the name of a kind, or "Daily e-mail". */
  label: string
  /** Whom it is sent to. */
  email: string
}

/** What the link would stop, for the page that asks. Looks only: mail scanners open links too. */
export async function findUnsubscription({
  db,
  crypto,
  secret,
}: UnsubscribeDoor): Promise<Unsubscription | null> {
  const subscription = subscriptionOf(crypto.emailLinks, secret)
  if (!subscription) return null
  const { rows } = await db.pool.query<{ email: string }>('SELECT email FROM users WHERE id = $1', [
    subscription.userId,
  ])
  const { what } = subscription
  const label = what === 'digest' ? 'Daily e-mail' : NOTIFICATION_KINDS[what].label
  return rows[0] ? { label, email: rows[0].email } : null
}

/**
 * Ends the e-mails of one kind, or of every kind that comes in the digest; the inbox keeps showing them.
 * Idempotent, and never called for a GET.
 * @throws DomainError not-found for a link that is not of this installation
 */
export async function unsubscribe({ db, crypto, secret }: UnsubscribeDoor): Promise<void> {
  const subscription = subscriptionOf(crypto.emailLinks, secret)
  if (!subscription) throw unknownLink()
  const { userId, what } = subscription
  await sqlTransaction(db.pool, async (client) => {
    // One at a time with the person's own changes, which would otherwise be overwritten.
    const held = await client.query('SELECT 1 FROM users WHERE id = $1 FOR NO KEY UPDATE', [userId])
    if (held.rowCount !== 1) throw unknownLink()
    const { rows } = await client.query<Preference & { kind: string }>(
      `SELECT kind, in_app AS "inApp", email::text AS email FROM notification_preferences
       WHERE user_id = $1`,
      [userId],
    )
    const chosen = new Map(rows.map(({ kind, ...preference }) => [kind, preference]))
    const kinds = Object.keys(NOTIFICATION_KINDS) as NotificationKind[]
    for (const kind of kinds) {
      if (NOTIFICATION_KINDS[kind].locked !== null) continue
      const { inApp, email } = decided(kind, chosen.get(kind) ?? null)
      const ends = what === 'digest' ? email === 'DAILY' : kind === what && email !== 'OFF'
      if (ends) await setPreference(client, userId, kind, { inApp, email: 'OFF' })
    }
  })
}

function unknownLink(): DomainError {
  return new DomainError(
    'not-found',
    'link_unknown',
    'This link is incomplete or not from here. Sign in to change what you are told.',
  )
}
