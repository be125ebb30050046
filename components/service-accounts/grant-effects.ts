import type { Scope } from '@/lib/access/scopes'
import { effectiveScopes, isUsable, type TokenSummary } from '@/lib/tokens/model'

/** How a service account's grant bounds its tokens; pure. */

export interface TokenPower {
  token: TokenSummary
  effective: Scope[]
  /** Granted to the token, but not (any more) to the account. */
  withheld: Scope[]
}

/** Tokens that are accepted now, or would be if the account were not suspended. */
export function liveTokens(tokens: readonly TokenSummary[]): TokenSummary[] {
  return tokens.filter((token) => isUsable(token.state) || token.state === 'suspended')
}

/** What each live token can really do. */
export function powerOfTokens(
  tokens: readonly TokenSummary[],
  grant: readonly Scope[],
): TokenPower[] {
  return liveTokens(tokens).map((token) => {
    const effective = effectiveScopes(token.scopes, grant)
    return {
      token,
      effective,
      withheld: token.scopes.filter((scope) => !effective.includes(scope)),
    }
  })
}

export interface TokenPowerChange {
  token: TokenSummary
  gains: Scope[]
  loses: Scope[]
}

/** The tokens that can do other things under another grant. */
export function changedPowers(
  tokens: readonly TokenSummary[],
  before: readonly Scope[],
  after: readonly Scope[],
): TokenPowerChange[] {
  const later = new Map(powerOfTokens(tokens, after).map((power) => [power.token.id, power]))
  return powerOfTokens(tokens, before)
    .map(({ token, effective }) => {
      const next = later.get(token.id)?.effective ?? []
      return {
        token,
        gains: next.filter((scope) => !effective.includes(scope)),
        loses: effective.filter((scope) => !next.includes(scope)),
      }
    })
    .filter((change) => change.gains.length + change.loses.length > 0)
}
