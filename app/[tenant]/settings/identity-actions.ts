'use server'

import { z } from 'zod'
import { accountAction } from '@/app/_session/action-result'
import { relyingParty } from '@/app/_session/relying-party'
import { beginPasskeyProof, confirmIdentity, identityProofs } from '@/lib/auth/confirm-identity'
import { identityProofSchema } from '@/lib/auth/schema'
import { runtime } from '@/lib/runtime'

/** Proving again who one is, wherever something needs it. */

const nothing = z.strictObject({})

export const loadIdentityProofs = accountAction(nothing, identityProofs)

export const startPasskeyProof = accountAction(nothing, (ctx) =>
  beginPasskeyProof(ctx, relyingParty()),
)

export const proveIdentity = accountAction(identityProofSchema, (ctx, proof) => {
  const { signInThrottle: throttle, codeThrottle } = runtime()
  return confirmIdentity(ctx, proof, { throttle, codeThrottle, relyingParty: relyingParty() })
})
