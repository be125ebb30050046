import { cookies } from 'next/headers'
import { decode } from 'next-auth/jwt'
import { runtime } from '@/lib/runtime'

/**
 * The `__Host-` prefix makes the browser refuse the cookie from a sibling domain or without TLS; it
 * needs https, so plain http (a laptop) gets a name without it.
 */
export function sessionCookie(): { name: string; secure: boolean } {
  const secure = runtime().environment.PUBLIC_URL.startsWith('https:')
  return { name: secure ? '__Host-fruxon-session' : 'fruxon-session', secure }
}

/** The opaque session value that the browser brought, or null. A value is no session yet. */
export async function presentedSessionSecret(): Promise<string | null> {
  const token = (await cookies()).get(sessionCookie().name)?.value
  if (!token) return null
  // What cannot be decrypted (another secret, another age, made up) is as good as absent.
  const claims = await decode({ token, secret: runtime().authSecret }).catch(() => null)
  return typeof claims?.sessionSecret === 'string' ? claims.sessionSecret : null
}
