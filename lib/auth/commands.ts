import { z } from 'zod'
import { appendToOwnOrganizations } from '@/lib/audit/own-organizations'
import {
  completeSignIn,
  lockPerson,
  type OpenedSession,
  type SignInDoor,
} from '@/lib/auth/complete-sign-in'
import { verifyPassword } from '@/lib/auth/passwords'
import { presentedPasswordSchema } from '@/lib/auth/schema'
import { isSecondFactorRequired, SecondFactorRequired } from '@/lib/auth/second-factor-required'
import { revokeSession } from '@/lib/auth/sessions'
import type { SignInThrottle } from '@/lib/auth/throttle'
import type { RequestFacts } from '@/lib/context'
import type { Database } from '@/lib/db/database'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import { emailSchema } from '@/lib/email/schema'
import { DomainError } from '@/lib/errors'
import { factorsOf, isOn, methodsOf } from '@/lib/two-factor/factors'
import { consumeCode } from '@/lib/two-factor/presented-code'

const credentialsSchema = z.object({ email: emailSchema, password: presentedPasswordSchema })

/** One text for every failure: it never tells whether the account exists. */
function wrongCredentials(): DomainError {
  return new DomainError(
    'unauthenticated',
    'invalid_credentials',
    'The e-mail address or the password is not right.',
  )
}

export interface SignInInput extends SignInDoor {
  throttle: SignInThrottle
  codeThrottle: SignInThrottle
  email: string
  password: string
  /** Of an authenticator app, or a recovery code; the first try comes without. */
  code?: string | undefined
}

/**
 * Checks a password, and a code where the person has a second factor, and opens a session with a value of
 * its own (never one that the browser brought). Whether there is a second factor is told to nobody who has
 * not shown the password.
 * @throws DomainError unauthenticated `invalid_credentials` | `second_factor_incorrect` | throttled
 *   `too_many_attempts`
 * @throws SecondFactorRequired after a right password without a code
 */
export async function signIn(input: SignInInput): Promise<OpenedSession> {
  const { db, throttle, codeThrottle } = input
  const parsed = credentialsSchema.safeParse({ email: input.email, password: input.password })
  if (!parsed.success) throw wrongCredentials()
  const { email, password } = parsed.data
  const attempt = { email, ip: input.request.ip }
  await throttle.count(attempt)
  const user = await db.prisma.user.findUnique({
    where: { email },
    select: { id: true, passwordHash: true },
  })
  const matches = await verifyPassword(password, user?.passwordHash ?? null)
  if (!user?.passwordHash || !matches) throw wrongCredentials()
  if (input.code !== undefined) await codeThrottle.count(attempt)
  const checked = { userId: user.id, passwordHash: user.passwordHash }
  const session = await openSession(input, checked).catch(async (error: unknown) => {
    if (isSecondFactorRequired(error)) await throttle.release(attempt)
    throw error
  })
  await throttle.forgive(attempt)
  if (input.code !== undefined) await codeThrottle.forgive(attempt)
  return session
}

/** In one transaction, so that nothing about the person changes between the last check and the session. */
function openSession(
  input: SignInInput,
  checked: { userId: string; passwordHash: string },
): Promise<OpenedSession> {
  return sqlTransaction(input.db.pool, async (client) => {
    const person = await lockPerson(client, checked)
    if (!person) throw wrongCredentials()
    const factors = await factorsOf(client, person.userId)
    const proven = { ...person, method: 'PASSWORD' } as const
    if (!isOn(factors)) return completeSignIn(client, input, { ...proven, secondFactor: null })
    if (input.code === undefined) throw new SecondFactorRequired(methodsOf(factors))
    const secondFactor = await consumeCode(client, input.crypto.authenticatorSecrets, {
      userId: person.userId,
      code: input.code,
    })
    if (!secondFactor) throw wrongCode()
    return completeSignIn(client, input, { ...proven, secondFactor })
  })
}

function wrongCode(): DomainError {
  return new DomainError(
    'unauthenticated',
    'second_factor_incorrect',
    'This code is not right, or it was used already.',
  )
}

/**
 * Ends the session on the server, so that a copy of the cookie is worth nothing.
 * @param by why, for the audit trail
 */
export async function signOut(input: {
  db: Database
  request: RequestFacts
  sessionSecret: string
  by: 'person' | 'new sign-in'
}): Promise<void> {
  const { db, request, sessionSecret, by } = input
  await sqlTransaction(db.pool, async (client) => {
    const person = await revokeSession(client, sessionSecret)
    if (!person) return
    await appendToOwnOrganizations(client, request, person, {
      eventType: 'SIGNED_OUT',
      details: { by },
    })
  })
}
