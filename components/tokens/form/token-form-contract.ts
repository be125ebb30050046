import type { Outcome } from '@/components/settings/action-outcome'
import type { Scope } from '@/lib/access/scopes'
import type { MintedToken } from '@/lib/tokens/model'
import type { ExpiryPolicy } from './expiry-choice'

/** What every form about a token must know of where it stands; all from the server. */
export interface TokenFormSetting {
  tenant: string
  /** Base of the API, without a slash at the end. */
  publicUrl: string
  /** Epoch ms. */
  now: number
  policy: ExpiryPolicy
  /** The most that may be granted here. */
  ceiling: readonly Scope[]
  /** Why the rest may not be granted; "Exceeds your role" unless told. */
  beyondCeiling?: string | undefined
}

/** Omitted = inherited from the old token. */
export interface RotationRequest {
  name?: string
  expirationDays?: number | null
  scopes?: Scope[]
  graceSeconds?: number
}

export type RotateCall = (
  request: RotationRequest,
  idempotencyKey: string,
) => Promise<Outcome<MintedToken>>
