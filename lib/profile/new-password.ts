import type pg from 'pg'
import type { PersonalWords } from '@/lib/auth/password-strength'
import { revokeAllSessions } from '@/lib/auth/sessions'
import type { EmailLinkSealer } from '@/lib/email/link-sealer'
import { newId } from '@/lib/ids'
import { notify } from '@/lib/notifications/notify'
import { endEmailLinks } from '@/lib/profile/email-links'

/** What changing and resetting a password have in common. */

type Client = Pick<pg.PoolClient, 'query'>

/** What the strength of a person's password is judged by. Null for somebody who is gone. */
export async function personalWordsOf(
  client: Pick<pg.Pool, 'query'>,
  userId: string,
): Promise<PersonalWords | null> {
  const { rows } = await client.query<PersonalWords>(
    `SELECT u.display_name AS "displayName", u.email,
            array(SELECT o.name FROM memberships m JOIN organizations o ON o.id = m.organization_id
                  WHERE m.user_id = u.id ORDER BY o.id) AS "organizationNames"
     FROM users u WHERE u.id = $1`,
    [userId],
  )
  return rows[0] ?? null
}

export interface StoredPassword {
  userId: string
  passwordHash: string
  /** The hash that must still be stored; absent where a link was the proof. */
  replaces?: string
  exceptSessionId?: string
  ip: string | null
}

/**
 * Stores a password and ends what the old one opened: sessions, and links that were asked for with it.
 * Tells the person, by e-mail too. In the caller's transaction, which holds the person's row.
 * @returns false where `replaces` is no longer what is stored; nothing is written then
 */
export async function storePassword(
  client: Client,
  sealer: EmailLinkSealer,
  stored: StoredPassword,
): Promise<boolean> {
  const { userId, passwordHash, replaces, exceptSessionId, ip } = stored
  const { rows } = await client.query<{ displayName: string; at: Date }>(
    `UPDATE users SET password_hash = $2, modified_at = now()
     WHERE id = $1 AND ($3::text IS NULL OR password_hash = $3)
     RETURNING display_name AS "displayName", modified_at AS at`,
    [userId, passwordHash, replaces ?? null],
  )
  const person = rows[0]
  if (!person) return false
  await revokeAllSessions(
    { pool: client },
    { userId, ...(exceptSessionId === undefined ? {} : { exceptSessionId }) },
  )
  await endEmailLinks(client, userId)
  const at = person.at.getTime()
  await notify(client, sealer, {
    kind: 'password-changed',
    facts: { ip, at },
    organizationId: null,
    recipients: [{ userId, reason: 'ACCOUNT' }],
    idempotencyKey: `password-changed/${newId()}`,
    special: {
      template: 'password-changed',
      facts: { displayName: person.displayName, ip, at },
    },
  })
  return true
}
