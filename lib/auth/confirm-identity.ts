import type { PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/server'
import { requirePerson } from '@/lib/access/person'
import type { UserPrincipal } from '@/lib/access/principal'
import { appendToOwnOrganizations } from '@/lib/audit/own-organizations'
import { lockPerson } from '@/lib/auth/complete-sign-in'
import { checkOwnPassword } from '@/lib/auth/own-password'
import type { IdentityProof } from '@/lib/auth/schema'
import { reauthenticateSession } from '@/lib/auth/sessions'
import type { SignInThrottle } from '@/lib/auth/throttle'
import type { Context } from '@/lib/context'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import { DomainError, invalid } from '@/lib/errors'
import { factorsOf } from '@/lib/two-factor/factors'
import type { RelyingParty } from '@/lib/two-factor/model'
import {
  beginAssertion,
  recordPasskeyUse,
  verifyAssertion,
} from '@/lib/two-factor/passkey-assertion'
import { consumeCode } from '@/lib/two-factor/presented-code'
import { tellFactorChange } from '@/lib/two-factor/record'
import type { Assertion } from '@/lib/two-factor/schema'

/** By what the caller can prove again who they are. All false: only by signing in again. */
export interface IdentityProofs {
  password: boolean
  app: boolean
  passkey: boolean
  recovery: boolean
}

/** @throws DomainError forbidden */
export async function identityProofs(ctx: Context): Promise<IdentityProofs> {
  const { userId } = requirePerson(ctx.principal)
  const { pool } = ctx.db
  const [{ rows }, factors] = await Promise.all([
    pool.query<{ password: boolean }>(
      'SELECT password_hash IS NOT NULL AS password FROM users WHERE id = $1',
      [userId],
    ),
    factorsOf(pool, userId),
  ])
  return {
    password: rows[0]?.password ?? false,
    app: factors.app,
    passkey: factors.passkeys > 0,
    recovery: factors.recoveryCodesLeft > 0,
  }
}

/** What the caller's browser needs to prove who they are by a passkey of theirs. @throws DomainError forbidden */
export async function beginPasskeyProof(
  ctx: Context,
  relyingParty: RelyingParty,
): Promise<PublicKeyCredentialRequestOptionsJSON> {
  const { userId } = requirePerson(ctx.principal)
  return beginAssertion(ctx.db.pool, { purpose: 'CONFIRM', userId }, relyingParty)
}

export interface ProofDoor {
  throttle: SignInThrottle
  codeThrottle: SignInThrottle
  relyingParty: RelyingParty
}

/**
 * Opens the window for what needs a recent proof of identity. Throttled like sign-in: a stolen session must
 * not become a place to guess.
 * @returns epoch ms of the proof
 * @throws DomainError forbidden | invalid `password_incorrect` at /password | `code_incorrect` at /code |
 *   `passkey_refused` at /response | throttled `too_many_attempts` | unauthenticated `session_ended`
 */
export async function confirmIdentity(
  ctx: Context,
  proof: IdentityProof,
  door: ProofDoor,
): Promise<{ reauthenticatedAt: number }> {
  const person = requirePerson(ctx.principal)
  if (proof.method === 'password') {
    const presented = { password: proof.password, pointer: '/password' }
    const asked = { ...person, ip: ctx.request.ip }
    await checkOwnPassword(ctx.db, asked, presented, door.throttle)
  } else if (proof.method === 'code') await checkCode(ctx, person, proof.code, door.codeThrottle)
  else await checkPasskey(ctx, person, proof.response, door.relyingParty)
  const reauthenticatedAt = await reauthenticateSession(ctx.db, person.sessionId)
  if (reauthenticatedAt === null) throw sessionEnded()
  return { reauthenticatedAt }
}

async function checkCode(
  ctx: Context,
  person: UserPrincipal,
  code: string,
  throttle: SignInThrottle,
): Promise<void> {
  const { userId, email } = person
  const attempt = { email, ip: ctx.request.ip }
  await throttle.count(attempt)
  await sqlTransaction(ctx.db.pool, async (client) => {
    const locked = await lockPerson(client, { userId })
    const sealer = ctx.crypto.authenticatorSecrets
    const by = locked ? await consumeCode(client, sealer, { userId, code }) : null
    if (!locked || !by) throw codeIncorrect()
    if (by === 'app') return
    const { crypto, request } = ctx
    const change = { change: 'RECOVERY_CODE_USED', at: locked.at } as const
    await tellFactorChange(client, crypto.emailLinks, request, person, change)
    await appendToOwnOrganizations(client, request, person, {
      eventType: 'RECOVERY_CODE_USED',
      details: { for: 'proof of identity' },
    })
  })
  await throttle.forgive(attempt)
}

async function checkPasskey(
  ctx: Context,
  { userId }: UserPrincipal,
  assertion: Assertion,
  relyingParty: RelyingParty,
): Promise<void> {
  const { pool } = ctx.db
  const occasion = { purpose: 'CONFIRM', userId } as const
  const used = await verifyAssertion(pool, occasion, assertion, relyingParty)
  const recorded =
    used !== null && (await sqlTransaction(pool, (client) => recordPasskeyUse(client, used)))
  if (recorded) return
  const detail = 'The passkey could not be verified. Try again, or prove it another way.'
  throw invalid([{ pointer: '/response', detail }], 'passkey_refused')
}

function codeIncorrect(): DomainError {
  const detail = 'This code is not right, or it was used already.'
  return invalid([{ pointer: '/code', detail }], 'code_incorrect')
}

function sessionEnded(): DomainError {
  return new DomainError(
    'unauthenticated',
    'session_ended',
    'Your session has ended. Sign in again.',
  )
}
