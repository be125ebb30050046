import type pg from 'pg'
import { newOpaqueSecret, opaqueSecretHash } from '@/lib/auth/opaque-secret'
import type { EmailLinkPurpose } from '@/lib/db/generated/enums'
import { DomainError } from '@/lib/errors'

/** One-time links that were sent to a person. Used, expired, replaced and unknown ones are all alike. */

type Client = Pick<pg.PoolClient, 'query'>

export interface EmailLink {
  userId: string
  /** Where it changes the address: to what. */
  newEmail: string | null
}

export interface IssuedEmailLink {
  secret: string
  /** Epoch ms. */
  expiresAt: number
}

/**
 * A link in place of every earlier one for the same purpose. In a transaction that holds the person's
 * row, so that of two requests at once one link is left.
 */
export async function issueEmailLink(
  client: Client,
  link: { userId: string; purpose: EmailLinkPurpose; hours: number; newEmail?: string },
): Promise<IssuedEmailLink> {
  const secret = newOpaqueSecret()
  await client.query('DELETE FROM email_links WHERE user_id = $1 AND purpose = $2', [
    link.userId,
    link.purpose,
  ])
  const { rows } = await client.query<{ expiresAt: Date }>(
    `INSERT INTO email_links (secret_hash, user_id, purpose, new_email, expires_at)
     VALUES ($1, $2, $3, $4, now() + make_interval(hours => $5))
     RETURNING expires_at AS "expiresAt"`,
    [opaqueSecretHash(secret), link.userId, link.purpose, link.newEmail ?? null, link.hours],
  )
  return { secret, expiresAt: rows[0]?.expiresAt.getTime() ?? 0 }
}

const USABLE = 'secret_hash = $1 AND purpose = $2 AND used_at IS NULL AND expires_at > now()'

/** What a link would do, while it can. Looks only: mail scanners open links too. */
export async function findEmailLink(
  client: Pick<pg.Pool, 'query'>,
  purpose: EmailLinkPurpose,
  secret: string,
): Promise<EmailLink | null> {
  const { rows } = await client.query<EmailLink>(
    `SELECT user_id AS "userId", new_email AS "newEmail" FROM email_links WHERE ${USABLE}`,
    [opaqueSecretHash(secret), purpose],
  )
  return rows[0] ?? null
}

/**
 * Uses the link up: of any number of tries at once, one. Holds the person's row first, as everything does
 * that writes both, so that none waits for another in a circle.
 * @throws DomainError conflict `link_ended`
 */
export async function consumeEmailLink(
  client: Client,
  purpose: EmailLinkPurpose,
  secret: string,
): Promise<EmailLink> {
  const values = [opaqueSecretHash(secret), purpose]
  await client.query(
    `SELECT 1 FROM users WHERE id = (SELECT user_id FROM email_links WHERE ${USABLE})
     FOR NO KEY UPDATE`,
    values,
  )
  const { rows } = await client.query<EmailLink>(
    `UPDATE email_links SET used_at = now() WHERE ${USABLE}
     RETURNING user_id AS "userId", new_email AS "newEmail"`,
    values,
  )
  const link = rows[0]
  if (!link) throw linkEnded()
  return link
}

export function linkEnded(): DomainError {
  return new DomainError(
    'conflict',
    'link_ended',
    'This link was used or has expired. Ask for a new one.',
  )
}

/** Ends every link of a person: each was asked for by somebody who could do what is now no longer enough. */
export async function endEmailLinks(client: Client, userId: string): Promise<void> {
  await client.query('DELETE FROM email_links WHERE user_id = $1 AND used_at IS NULL', [userId])
}
