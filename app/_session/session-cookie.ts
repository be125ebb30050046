import { cookies } from 'next/headers'
import { sessionCookieOf, sessionSecretIn } from '@/app/v1/_api/session-cookie'
import { runtime } from '@/lib/runtime'

/** Name and kind of the cookie at this installation's address. */
export function sessionCookie(): { name: string; secure: boolean } {
  return sessionCookieOf(runtime().environment.PUBLIC_URL)
}

/** The opaque session value that the browser brought, or null. A value is no session yet. */
export async function presentedSessionSecret(): Promise<string | null> {
  const token = (await cookies()).get(sessionCookie().name)?.value
  return token ? sessionSecretIn(token, runtime().authSecret) : null
}
