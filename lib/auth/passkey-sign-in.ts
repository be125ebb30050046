import type { PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/server'
import {
  completeSignIn,
  lockPerson,
  type OpenedSession,
  type SignInDoor,
} from '@/lib/auth/complete-sign-in'
import type { AddressThrottle } from '@/lib/auth/throttle'
import type { Database } from '@/lib/db/database'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import { DomainError } from '@/lib/errors'
import type { RelyingParty } from '@/lib/two-factor/model'
import {
  beginAssertion,
  recordPasskeyUse,
  verifyAssertion,
} from '@/lib/two-factor/passkey-assertion'
import { assertionSchema } from '@/lib/two-factor/schema'

/** A passkey is both factors at once: something one has, which checks who holds it. */

const OCCASION = { purpose: 'SIGN_IN', userId: null } as const

/**
 * What the browser of somebody unknown needs to sign in by a passkey. It says nothing about who has one.
 * @throws DomainError throttled `too_many_attempts`, counted by address
 */
export async function beginPasskeySignIn(input: {
  db: Database
  throttle: AddressThrottle
  ip: string | null
  relyingParty: RelyingParty
}): Promise<PublicKeyCredentialRequestOptionsJSON> {
  await input.throttle.count(input.ip)
  return beginAssertion(input.db.pool, OCCASION, input.relyingParty)
}

/**
 * Opens a session for whoever the passkey belongs to.
 * @param input `assertion` as the browser sent it
 * @throws DomainError unauthenticated `passkey_refused`
 */
export async function signInByPasskey(
  input: SignInDoor & { assertion: unknown; relyingParty: RelyingParty },
): Promise<OpenedSession> {
  const { db, relyingParty } = input
  const parsed = assertionSchema.safeParse(input.assertion)
  if (!parsed.success) throw passkeyRefused()
  const used = await verifyAssertion(db.pool, OCCASION, parsed.data, relyingParty)
  if (!used) throw passkeyRefused()
  return sqlTransaction(db.pool, async (client) => {
    const person = await lockPerson(client, { userId: used.userId })
    if (!person || !(await recordPasskeyUse(client, used))) throw passkeyRefused()
    return completeSignIn(client, input, { ...person, method: 'PASSKEY', secondFactor: null })
  })
}

function passkeyRefused(): DomainError {
  return new DomainError(
    'unauthenticated',
    'passkey_refused',
    'This passkey is not known here, or it took too long. Try again, or sign in another way.',
  )
}
