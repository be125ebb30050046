import type { Scope } from '@/lib/access/scopes'
import type { MintedToken, TokenSummary } from '@/lib/tokens/model'

export type ServiceAccountState = 'active' | 'suspended' | 'revoked'

/** A workload identity. It never expires; its tokens do. Times are epoch ms. */
export interface ServiceAccountSummary {
  id: string
  name: string
  description: string
  scopes: Scope[]
  state: ServiceAccountState
  createdBy: { id: string | null; label: string }
  createdAt: number
  modifiedAt: number
  suspendedAt: number | null
  revokedAt: number | null
  /** Tokens accepted now. */
  activeTokens: number
  lastUsedAt: number | null
}

export interface ServiceAccountDetail extends ServiceAccountSummary {
  tokens: TokenSummary[]
}

export interface ServiceAccountWithToken {
  serviceAccount: ServiceAccountSummary
  minted: MintedToken
}
