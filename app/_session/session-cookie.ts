import { cookies } from 'next/headers'
import { encode } from 'next-auth/jwt'
import { sessionCookieOf, sessionSecretIn } from '@/app/v1/_api/session-cookie'
import { SESSION_MAX_DAYS } from '@/lib/auth/sessions'
import { runtime } from '@/lib/runtime'

export const SESSION_MAX_AGE_S = SESSION_MAX_DAYS * 24 * 60 * 60

/** Name and kind of the cookie at this installation's address. */
export function sessionCookie() {
  const { name, secure } = sessionCookieOf(runtime().environment.PUBLIC_URL)
  return { name, secure, options: { httpOnly: true, sameSite: 'lax', path: '/', secure } as const }
}

/** Gives the browser the cookie that next-auth would: for a sign-in that goes by a form without scripts. */
export async function giveSessionCookie(sessionSecret: string): Promise<void> {
  const { name, options } = sessionCookie()
  const maxAge = SESSION_MAX_AGE_S
  const value = await encode({ token: { sessionSecret }, secret: runtime().authSecret, maxAge })
  const jar = await cookies()
  jar.set(name, value, { ...options, maxAge })
}

/** The opaque session value that the browser brought, or null. A value is no session yet. */
export async function presentedSessionSecret(): Promise<string | null> {
  const token = (await cookies()).get(sessionCookie().name)?.value
  return token ? sessionSecretIn(token, runtime().authSecret) : null
}
