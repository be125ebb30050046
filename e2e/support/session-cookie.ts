import { createHash, randomBytes } from 'node:crypto'
import { encode } from 'next-auth/jwt'
import type { Pool } from 'pg'
import { newId } from '@/lib/ids'

export const SESSION_COOKIE = 'fruxon-session'

interface SessionWish {
  userId: string
  /** The key that the cookie is made with. */
  authSecret: string
  /** How long ago they last proved who they are; just now unless told. */
  confirmedAgoMs?: number | undefined
}

/** A session by a row and a cookie, which is what a sign-in leaves: for tests that are not about sign-in. */
export async function insertSession(
  database: Pick<Pool, 'query'>,
  wish: SessionWish,
): Promise<{ sessionId: string; cookieValue: string }> {
  const sessionSecret = randomBytes(32).toString('base64url')
  const sessionId = newId()
  await database.query(
    `INSERT INTO sessions (id, secret_hash, user_id, expires_at, reauthenticated_at)
     VALUES ($1, $2, $3, now() + interval '1 day', now() - $4 * interval '1 millisecond')`,
    [
      sessionId,
      createHash('sha256').update(sessionSecret).digest(),
      wish.userId,
      wish.confirmedAgoMs ?? 0,
    ],
  )
  const cookieValue = await encode({ token: { sessionSecret }, secret: wish.authSecret })
  return { sessionId, cookieValue }
}
