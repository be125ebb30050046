/** Pure facts of second factors; isomorphic. */

export const PASSKEYS_MAX = 20
export const RECOVERY_CODES = 10

/** By what a sign-in can be finished after the password. */
export type SecondFactorMethod = 'app' | 'passkey' | 'recovery'

/** This site as authenticators know it: keys made for one id are good for no other. */
export interface RelyingParty {
  /** The host name. */
  id: string
  name: string
  origin: string
}

export interface TwoFactorState {
  /** Epoch ms, as are all times here. */
  app: { since: number } | null
  passkeys: OwnPasskey[]
  recoveryCodesLeft: number
}

export interface OwnPasskey {
  id: string
  name: string
  createdAt: number
  lastUsedAt: number | null
  /** The authenticator keeps a copy elsewhere: losing the device does not lose the key. */
  backedUp: boolean
}

/** Shown once, where this act made them. */
export interface NewRecoveryCodes {
  recoveryCodes: string[] | null
}
