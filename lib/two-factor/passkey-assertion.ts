import {
  generateAuthenticationOptions,
  type PublicKeyCredentialRequestOptionsJSON,
  verifyAuthenticationResponse,
} from '@simplewebauthn/server'
import type pg from 'pg'
import type { PasskeyChallengePurpose } from '@/lib/db/generated/enums'
import {
  CEREMONY_MS,
  challengeIn,
  consumeChallenge,
  rememberChallenge,
} from '@/lib/two-factor/challenges'
import type { RelyingParty } from '@/lib/two-factor/model'
import type { Assertion } from '@/lib/two-factor/schema'

/** Using a passkey: to sign in, or to prove again who one is. */

/** For what, and by whom: null at sign-in, where the passkey itself says who it is. */
export interface Occasion {
  purpose: Extract<PasskeyChallengePurpose, 'SIGN_IN' | 'CONFIRM'>
  userId: string | null
}

/** What the browser needs to ask the authenticator, which checks who holds it. */
export async function beginAssertion(
  client: Pick<pg.Pool, 'query'>,
  { purpose, userId }: Occasion,
  relyingParty: RelyingParty,
): Promise<PublicKeyCredentialRequestOptionsJSON> {
  const options = await generateAuthenticationOptions({
    rpID: relyingParty.id,
    // Without a list the authenticator offers whatever it has for this site.
    ...(userId === null ? {} : { allowCredentials: await credentialsOf(client, userId) }),
    userVerification: 'required',
    timeout: CEREMONY_MS,
  })
  await rememberChallenge(client, { challenge: options.challenge, purpose, userId })
  return options
}

async function credentialsOf(client: Pick<pg.Pool, 'query'>, userId: string) {
  const { rows } = await client.query<{ id: string; transports: string[] }>(
    'SELECT credential_id AS id, transports FROM passkeys WHERE user_id = $1',
    [userId],
  )
  return rows
}

/** A passkey that has just signed; not yet written down. */
export interface UsedPasskey {
  passkeyId: string
  userId: string
  name: string
  counter: number
  backedUp: boolean
}

interface PasskeyRow {
  passkeyId: string
  userId: string
  name: string
  credentialId: string
  publicKey: Buffer
  counter: string
}

/**
 * Checks what an authenticator signed. The challenge is used up whatever comes of it.
 * @returns null for everything that is not a known passkey of this person, here, now
 */
export async function verifyAssertion(
  client: Pick<pg.Pool, 'query'>,
  { purpose, userId }: Occasion,
  assertion: Assertion,
  relyingParty: RelyingParty,
): Promise<UsedPasskey | null> {
  const challenge = challengeIn(assertion.response.clientDataJSON)
  if (challenge === null) return null
  if (!(await consumeChallenge(client, { challenge, purpose, userId }))) return null
  const { rows } = await client.query<PasskeyRow>(
    `SELECT id AS "passkeyId", user_id AS "userId", name, credential_id AS "credentialId",
       public_key AS "publicKey", counter FROM passkeys
     WHERE credential_id = $1 AND ($2::uuid IS NULL OR user_id = $2)`,
    [assertion.id, userId],
  )
  const passkey = rows[0]
  if (!passkey || !namesOwner(assertion, passkey.userId, userId === null)) return null
  const signed = await signedBy(passkey, assertion, challenge, relyingParty)
  if (!signed) return null
  const { passkeyId, userId: owner, name } = passkey
  return { passkeyId, userId: owner, name, ...signed }
}

/** Authenticators say whose key it is, and at sign-in they must: what they say has to agree with our row. */
function namesOwner(assertion: Assertion, owner: string, required: boolean): boolean {
  const { userHandle } = assertion.response
  if (!userHandle) return !required
  return Buffer.from(userHandle, 'base64url').toString('utf8') === owner
}

async function signedBy(
  passkey: PasskeyRow,
  { response, ...credential }: Assertion,
  challenge: string,
  relyingParty: RelyingParty,
): Promise<{ counter: number; backedUp: boolean } | null> {
  const { clientDataJSON, authenticatorData, signature } = response
  // It throws plain errors for everything that is wrong, a counter that went backwards among them.
  const result = await verifyAuthenticationResponse({
    response: {
      ...credential,
      response: { clientDataJSON, authenticatorData, signature },
      clientExtensionResults: {},
    },
    expectedChallenge: challenge,
    expectedOrigin: relyingParty.origin,
    expectedRPID: relyingParty.id,
    credential: {
      id: passkey.credentialId,
      publicKey: new Uint8Array(passkey.publicKey),
      counter: Number(passkey.counter),
    },
  }).catch(() => null)
  if (!result?.verified) return null
  const { newCounter, credentialBackedUp } = result.authenticationInfo
  return { counter: newCounter, backedUp: credentialBackedUp }
}

/**
 * Writes down that the passkey was used, in the caller's transaction. Decided by the row, so that of two
 * answers with one count (a copied authenticator) one is refused; authenticators that do not count say 0.
 * @returns false where it was refused, or removed meanwhile
 */
export async function recordPasskeyUse(
  client: Pick<pg.PoolClient, 'query'>,
  { passkeyId, counter, backedUp }: UsedPasskey,
): Promise<boolean> {
  const { rowCount } = await client.query(
    `UPDATE passkeys SET counter = $2, backed_up = $3, last_used_at = now()
     WHERE id = $1 AND (counter < $2 OR (counter = 0 AND $2 = 0))`,
    [passkeyId, counter, backedUp],
  )
  return rowCount === 1
}
