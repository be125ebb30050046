import { verifyPassword } from '@/lib/auth/passwords'
import type { SignInThrottle } from '@/lib/auth/throttle'
import type { Database } from '@/lib/db/database'
import { invalid } from '@/lib/errors'

/**
 * Whether somebody who is signed in knows the password too. Throttled like sign-in: a stolen session must
 * not become a place to guess passwords.
 * @param presented `pointer` is the JSON pointer of the field, where a complaint belongs
 * @returns the hash that it belongs to, so that a write can demand that it is still the one
 * @throws DomainError invalid `password_incorrect` | throttled `too_many_attempts`
 */
export async function checkOwnPassword(
  db: Database,
  person: { userId: string; email: string; ip: string | null },
  presented: { password: string; pointer: string },
  throttle: SignInThrottle,
): Promise<string> {
  const attempt = { email: person.email, ip: person.ip }
  await throttle.count(attempt)
  const { rows } = await db.pool.query<{ hash: string | null }>(
    'SELECT password_hash AS hash FROM users WHERE id = $1',
    [person.userId],
  )
  const hash = rows[0]?.hash ?? null
  const matches = await verifyPassword(presented.password, hash)
  if (!matches || hash === null) {
    const { pointer } = presented
    throw invalid([{ pointer, detail: 'This is not your password.' }], 'password_incorrect')
  }
  await throttle.forgive(attempt)
  return hash
}
