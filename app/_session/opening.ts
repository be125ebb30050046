import { requestFacts } from '@/app/_session/request-facts'
import { presentedSessionSecret } from '@/app/_session/session-cookie'
import { signIn, signOut } from '@/lib/auth/commands'
import type { OpenedSession, SignInDoor } from '@/lib/auth/complete-sign-in'
import { runtime } from '@/lib/runtime'

export interface PasswordCredentials {
  email: string
  password: string
  code?: string | undefined
}

/** Opens a session for whoever makes this request: the value that the browser brought is dead then. */
export async function openSession(
  open: (door: SignInDoor) => Promise<OpenedSession>,
): Promise<OpenedSession> {
  const { db, crypto } = runtime()
  const request = await requestFacts()
  const session = await open({ db, crypto, request })
  const replaced = await presentedSessionSecret()
  if (replaced) await signOut({ db, request, sessionSecret: replaced, by: 'new sign-in' })
  return session
}

/** @throws DomainError or SecondFactorRequired, as `signIn` does */
export function openByPassword({ email, password, code }: PasswordCredentials) {
  const { signInThrottle: throttle, codeThrottle } = runtime()
  return openSession((door) => signIn({ ...door, throttle, codeThrottle, email, password, code }))
}
