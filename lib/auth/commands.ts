import { z } from 'zod'
import { checkOwnPassword } from '@/lib/auth/own-password'
import { verifyPassword } from '@/lib/auth/passwords'
import { type ConfirmPasswordInput, emailSchema, presentedPasswordSchema } from '@/lib/auth/schema'
import { createSessionByPassword, reauthenticateSession, revokeSession } from '@/lib/auth/sessions'
import type { SignInThrottle } from '@/lib/auth/throttle'
import type { Context } from '@/lib/context'
import type { Database } from '@/lib/db/database'
import { DomainError } from '@/lib/errors'

const credentialsSchema = z.object({ email: emailSchema, password: presentedPasswordSchema })

/** One text for every failure: it never tells whether the account exists. */
function wrongCredentials(): DomainError {
  return new DomainError(
    'unauthenticated',
    'invalid_credentials',
    'The e-mail address or the password is not right.',
  )
}

export interface SignInInput {
  db: Database
  throttle: SignInThrottle
  email: string
  password: string
  ip: string | null
  userAgent: string | null
}

/**
 * Checks a password and opens a session with a value of its own (never one that the browser brought).
 * @throws DomainError unauthenticated `invalid_credentials` | throttled `too_many_attempts`
 */
export async function signIn(
  input: SignInInput,
): Promise<{ sessionSecret: string; sessionId: string; userId: string }> {
  const { db, throttle, ip, userAgent } = input
  const parsed = credentialsSchema.safeParse({ email: input.email, password: input.password })
  if (!parsed.success) throw wrongCredentials()
  const { email, password } = parsed.data
  await throttle.count({ email, ip })
  const user = await db.prisma.user.findUnique({
    where: { email },
    select: { id: true, passwordHash: true },
  })
  const matches = await verifyPassword(password, user?.passwordHash ?? null)
  if (!user?.passwordHash || !matches) throw wrongCredentials()
  const { id: userId, passwordHash } = user
  const session = await createSessionByPassword(db, { userId, ip, userAgent, passwordHash })
  if (!session) throw wrongCredentials()
  await throttle.forgive({ email, ip })
  return { ...session, userId }
}

/**
 * Opens the window for minting and rotating by a fresh proof of identity. Throttled like sign-in: a
 * stolen session must not become a place to guess passwords.
 * @returns epoch ms of the proof
 * @throws DomainError forbidden `session_required` | invalid `password_incorrect` | throttled `too_many_attempts`
 */
export async function confirmPassword(
  ctx: Context,
  input: ConfirmPasswordInput,
  { throttle }: { throttle: SignInThrottle },
): Promise<{ reauthenticatedAt: number }> {
  const { principal, db } = ctx
  if (principal.kind !== 'user') {
    throw new DomainError('forbidden', 'session_required', 'Only a signed-in person can do this.')
  }
  const presented = { password: input.password, pointer: '/password' }
  await checkOwnPassword(db, { ...principal, ip: ctx.request.ip }, presented, throttle)
  const reauthenticatedAt = await reauthenticateSession(db, principal.sessionId)
  if (reauthenticatedAt === null) {
    throw new DomainError(
      'unauthenticated',
      'session_ended',
      'Your session has ended. Sign in again.',
    )
  }
  return { reauthenticatedAt }
}

/** Ends the session on the server, so that a copy of the cookie is worth nothing. */
export async function signOut(input: { db: Database; sessionSecret: string }): Promise<void> {
  await revokeSession(input.db, input.sessionSecret)
}
