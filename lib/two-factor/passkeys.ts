import {
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import type pg from 'pg'
import { requireRecentAuthentication } from '@/lib/access/authorize'
import { requirePerson } from '@/lib/access/person'
import type { Context } from '@/lib/context'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import { DomainError, invalid, notFound } from '@/lib/errors'
import { newId } from '@/lib/ids'
import {
  CEREMONY_MS,
  challengeIn,
  consumeChallenge,
  rememberChallenge,
} from '@/lib/two-factor/challenges'
import { holdFactors } from '@/lib/two-factor/factors'
import { type NewRecoveryCodes, PASSKEYS_MAX, type RelyingParty } from '@/lib/two-factor/model'
import { recordFactorChange } from '@/lib/two-factor/record'
import { codesForWhoHasNone } from '@/lib/two-factor/recovery-codes'
import { settleRemoval } from '@/lib/two-factor/removal'
import type { PasskeyChoice, PasskeyRegistration, PasskeyRenaming } from '@/lib/two-factor/schema'

/**
 * What the caller's browser needs to make a passkey: one that signs in by itself, so the authenticator keeps
 * it and checks who holds it.
 * @throws DomainError forbidden | `reauthentication_required` | conflict `too_many_passkeys`
 */
export async function beginPasskey(
  ctx: Context,
  relyingParty: RelyingParty,
): Promise<PublicKeyCredentialCreationOptionsJSON> {
  const person = requirePerson(ctx.principal)
  requireRecentAuthentication(person, ctx.now)
  const { userId } = person
  const { rows } = await ctx.db.pool.query<{ id: string; transports: string[] }>(
    'SELECT credential_id AS id, transports FROM passkeys WHERE user_id = $1',
    [userId],
  )
  if (rows.length >= PASSKEYS_MAX) throw tooMany()
  const options = await generateRegistrationOptions({
    rpName: relyingParty.name,
    rpID: relyingParty.id,
    userName: person.email,
    userDisplayName: person.displayName,
    userID: new Uint8Array(Buffer.from(userId)),
    excludeCredentials: rows,
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    timeout: CEREMONY_MS,
  })
  await rememberChallenge(ctx.db.pool, {
    challenge: options.challenge,
    purpose: 'REGISTER',
    userId,
  })
  return options
}

/**
 * Keeps the passkey that the caller's browser made.
 * @returns recovery codes, shown this once, for who had none; null for who had
 * @throws DomainError forbidden | `reauthentication_required` | invalid `passkey_refused` | conflict
 *   `too_many_passkeys` | `passkey_in_use`
 */
export async function registerPasskey(
  ctx: Context,
  input: PasskeyRegistration,
  relyingParty: RelyingParty,
): Promise<NewRecoveryCodes> {
  const person = requirePerson(ctx.principal)
  requireRecentAuthentication(person, ctx.now)
  const { userId } = person
  const made = await verifyNew(ctx, userId, input.response, relyingParty)
  return sqlTransaction(ctx.db.pool, async (client) => {
    const factors = await holdFactors(client, userId)
    if (factors.passkeys >= PASSKEYS_MAX) throw tooMany()
    await insertPasskey(client, userId, { ...made, name: input.name })
    const recoveryCodes = await codesForWhoHasNone(client, userId, factors)
    await recordFactorChange(client, ctx.crypto.emailLinks, ctx.request, person, {
      eventType: 'PASSKEY_ADDED',
      change: 'PASSKEY_ADDED',
      details: { name: input.name, passkeys: factors.passkeys + 1 },
      at: ctx.now,
    })
    return { recoveryCodes }
  })
}

/** @throws DomainError forbidden | not-found for somebody else's */
export async function renamePasskey(ctx: Context, input: PasskeyRenaming): Promise<void> {
  const { userId } = requirePerson(ctx.principal)
  const { rowCount } = await ctx.db.pool.query(
    'UPDATE passkeys SET name = $3 WHERE id = $1 AND user_id = $2',
    [input.passkeyId, userId, input.name],
  )
  if (rowCount === 0) throw notFound()
}

/**
 * Signs nobody in by this passkey any more. With the last factor the recovery codes end too.
 * @throws DomainError forbidden | `reauthentication_required` | not-found for somebody else's | conflict
 *   `two_factor_required` naming the organization
 */
export async function removePasskey(ctx: Context, input: PasskeyChoice): Promise<void> {
  const person = requirePerson(ctx.principal)
  requireRecentAuthentication(person, ctx.now)
  await sqlTransaction(ctx.db.pool, async (client) => {
    await holdFactors(client, person.userId)
    const { rows } = await client.query<{ name: string }>(
      'DELETE FROM passkeys WHERE id = $1 AND user_id = $2 RETURNING name',
      [input.passkeyId, person.userId],
    )
    const removed = rows[0]
    if (!removed) throw notFound()
    const left = await settleRemoval(client, person.userId)
    await recordFactorChange(client, ctx.crypto.emailLinks, ctx.request, person, {
      eventType: 'PASSKEY_REMOVED',
      change: 'PASSKEY_REMOVED',
      details: { name: removed.name, passkeys: left.passkeys },
      at: ctx.now,
    })
  })
}

interface VerifiedPasskey {
  credentialId: string
  publicKey: Uint8Array
  counter: number
  transports: string[]
  backedUp: boolean
}

async function verifyNew(
  ctx: Context,
  userId: string,
  { response, ...credential }: PasskeyRegistration['response'],
  relyingParty: RelyingParty,
): Promise<VerifiedPasskey> {
  const challenge = challengeIn(response.clientDataJSON)
  const answered = { challenge: challenge ?? '', purpose: 'REGISTER', userId } as const
  if (!(await consumeChallenge(ctx.db.pool, answered))) throw refused()
  const { clientDataJSON, attestationObject, transports = [] } = response
  // The library throws plain errors, with details that are for nobody but developers.
  const { registrationInfo } = await verifyRegistrationResponse({
    response: {
      ...credential,
      response: { clientDataJSON, attestationObject, transports },
      clientExtensionResults: {},
    },
    expectedChallenge: answered.challenge,
    expectedOrigin: relyingParty.origin,
    expectedRPID: relyingParty.id,
  }).catch((cause: unknown) => {
    throw refused(cause)
  })
  if (!registrationInfo) throw refused()
  const { id, publicKey, counter } = registrationInfo.credential
  const backedUp = registrationInfo.credentialBackedUp
  return { credentialId: id, publicKey, counter, transports, backedUp }
}

async function insertPasskey(
  client: Pick<pg.PoolClient, 'query'>,
  userId: string,
  passkey: VerifiedPasskey & { name: string },
): Promise<void> {
  const { rowCount } = await client.query(
    `INSERT INTO passkeys (id, user_id, credential_id, public_key, counter, transports, backed_up, name)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (credential_id) DO NOTHING`,
    [
      newId(),
      userId,
      passkey.credentialId,
      Buffer.from(passkey.publicKey),
      passkey.counter,
      passkey.transports,
      passkey.backedUp,
      passkey.name,
    ],
  )
  if (rowCount === 0) {
    throw new DomainError('conflict', 'passkey_in_use', 'This passkey has been added already.')
  }
}

function tooMany(): DomainError {
  return new DomainError(
    'conflict',
    'too_many_passkeys',
    `You have ${PASSKEYS_MAX} passkeys, which is the most. Remove one that you no longer use.`,
  )
}

function refused(cause?: unknown): DomainError {
  const detail = 'The passkey could not be verified. Try again.'
  const error = invalid([{ pointer: '/response', detail }], 'passkey_refused')
  if (cause !== undefined) error.cause = cause
  return error
}
