import type pg from 'pg'
import { hashPassword } from '@/lib/auth/passwords'
import { revokeAllSessions } from '@/lib/auth/sessions'
import type { EmailLinkSealer } from '@/lib/email/link-sealer'
import { enqueueEmail } from '@/lib/email/outbox'
import { invalid } from '@/lib/errors'
import { newId } from '@/lib/ids'
import { endEmailLinks } from '@/lib/profile/email-links'
import { type PersonalWords, passwordStrength, weaknessOf } from '@/lib/profile/password-strength'

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

/**
 * The hash of a password that is strong enough.
 * @throws DomainError invalid `password_weak` at /newPassword, saying what would make it stronger
 */
export async function strongPasswordHash(password: string, person: PersonalWords): Promise<string> {
  const weakness = weaknessOf(await passwordStrength(password, person))
  if (weakness) throw invalid([{ pointer: '/newPassword', detail: weakness }], 'password_weak')
  return hashPassword(password)
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
 * Tells the person by e-mail. In the caller's transaction, which holds the person's row.
 * @returns false where `replaces` is no longer what is stored; nothing is written then
 */
export async function storePassword(
  client: Client,
  sealer: EmailLinkSealer,
  stored: StoredPassword,
): Promise<boolean> {
  const { userId, passwordHash, replaces, exceptSessionId, ip } = stored
  const { rows } = await client.query<{ email: string; displayName: string; at: Date }>(
    `UPDATE users SET password_hash = $2, modified_at = now()
     WHERE id = $1 AND ($3::text IS NULL OR password_hash = $3)
     RETURNING email, display_name AS "displayName", modified_at AS at`,
    [userId, passwordHash, replaces ?? null],
  )
  const person = rows[0]
  if (!person) return false
  await revokeAllSessions(
    { pool: client },
    { userId, ...(exceptSessionId === undefined ? {} : { exceptSessionId }) },
  )
  await endEmailLinks(client, userId)
  await enqueueEmail(client, sealer, {
    template: 'password-changed',
    recipient: person.email,
    organizationId: null,
    idempotencyKey: `password-changed:${newId()}`,
    facts: { displayName: person.displayName, ip, at: person.at.getTime() },
  })
  return true
}
