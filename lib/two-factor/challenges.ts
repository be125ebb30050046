import { createHash } from 'node:crypto'
import type pg from 'pg'
import type { PasskeyChallengePurpose } from '@/lib/db/generated/enums'

/** What authenticators are asked to sign: good once, for five minutes, for one purpose and person. */

const MINUTES = 5

/** In milliseconds, for how long the browser should wait for the person. */
export const CEREMONY_MS = MINUTES * 60 * 1000

type Client = Pick<pg.Pool, 'query'>

interface Challenge {
  /** Base64url, as the library made it. */
  challenge: string
  purpose: PasskeyChallengePurpose
  /** Null at sign-in, where nobody is known yet. */
  userId: string | null
}

const hashOf = (challenge: string) => createHash('sha256').update(challenge, 'utf8').digest()

export async function rememberChallenge(
  client: Client,
  { challenge, purpose, userId }: Challenge,
): Promise<void> {
  await client.query(
    `INSERT INTO passkey_challenges (challenge_hash, purpose, user_id, expires_at)
     VALUES ($1, $2::passkey_challenge_purpose, $3, now() + make_interval(mins => ${MINUTES}))`,
    [hashOf(challenge), purpose, userId],
  )
}

/**
 * Uses a challenge up: of any number of answers to it, one. Not in a transaction: an answer that is refused
 * afterwards has used it up all the same.
 * @returns whether it was one of ours that waited for this
 */
export async function consumeChallenge(
  client: Client,
  { challenge, purpose, userId }: Challenge,
): Promise<boolean> {
  const { rowCount } = await client.query(
    `DELETE FROM passkey_challenges
     WHERE challenge_hash = $1 AND purpose = $2::passkey_challenge_purpose
       AND user_id IS NOT DISTINCT FROM $3::uuid AND expires_at > now()`,
    [hashOf(challenge), purpose, userId],
  )
  return rowCount === 1
}

/** The challenge that an answer says it is about, or null for what is no answer. Proves nothing yet. */
export function challengeIn(clientDataJSON: string): string | null {
  try {
    const data: unknown = JSON.parse(Buffer.from(clientDataJSON, 'base64url').toString('utf8'))
    if (typeof data !== 'object' || data === null || !('challenge' in data)) return null
    return typeof data.challenge === 'string' ? data.challenge : null
  } catch {
    return null
  }
}

/** Part of the hourly clean-up. */
export async function deleteExpiredChallenges(client: Client): Promise<void> {
  await client.query('DELETE FROM passkey_challenges WHERE expires_at < now()')
}
