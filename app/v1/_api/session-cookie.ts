import { parse } from 'hono/utils/cookie'
// Not 'next-auth' itself: this part decrypts and needs nothing of Next, which the API must run without.
import { decode } from 'next-auth/jwt'

/** The cookie of the dashboard, for both doors. */

/**
 * The `__Host-` prefix makes the browser refuse the cookie from a sibling domain or without TLS; it
 * needs https, so plain http (a laptop) gets a name without it.
 */
export function sessionCookieOf(publicUrl: string): { name: string; secure: boolean } {
  const secure = publicUrl.startsWith('https:')
  return { name: secure ? '__Host-fruxon-session' : 'fruxon-session', secure }
}

/** The value of the session's cookie among all that were sent, or undefined. */
export function sessionCookieIn(header: string | null, name: string): string | undefined {
  return header === null ? undefined : parse(header, name)[name] || undefined
}

/** The opaque session value inside, or null. A value is no session yet. */
export async function sessionSecretIn(token: string, authSecret: string): Promise<string | null> {
  // What cannot be decrypted (another secret, another age, made up) is as good as absent.
  const claims = await decode({ token, secret: authSecret }).catch(() => null)
  return typeof claims?.sessionSecret === 'string' ? claims.sessionSecret : null
}
