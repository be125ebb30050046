import { type ModelRates, rateOf } from '@/lib/model-pricing/rates'
import {
  inputTokens,
  TOKEN_KINDS,
  type TokenCounts,
  type TokenKind,
} from '@/lib/model-pricing/token-kinds'

/** What a group of calls used, and cost. Money is nano-USD. */
export interface UsedGroup {
  agent: string
  calls: number
  tokens: TokenCounts
  inputCost: bigint
  outputCost: bigint
}

/** A group on the other model. */
export interface Estimate {
  /** By kind of token; null where the other model has no price for tokens of a kind that was used. */
  kinds: Record<TokenKind, bigint | null>
  /** What the calls cost by themselves. */
  perCall: bigint
  /** Null where any part is. */
  total: bigint | null
}

const PICO_IN_NANO = 1000n

/**
 * What the tokens would cost by other rates. Sums do not keep the size of each call, nor its hour: the tier is
 * that of the average call, and windows of the day are left out. Each part is rounded to nano-USD, so that
 * parts add up to the total.
 */
export function estimate({ calls, tokens }: UsedGroup, price: ModelRates | null): Estimate {
  const size = averageInput(tokens, calls)
  const kinds = {} as Record<TokenKind, bigint | null>
  for (const kind of TOKEN_KINDS) {
    const rate = price && rateOf(kind, price.rates, size)
    if (tokens[kind] === 0) kinds[kind] = 0n
    else kinds[kind] = rate === null ? null : toNano(BigInt(tokens[kind]) * BigInt(rate))
  }
  const perCall = toNano(BigInt(price?.rates.call ?? 0) * BigInt(calls))
  const parts = Object.values(kinds)
  const total = parts.includes(null)
    ? null
    : parts.reduce<bigint>((sum, part) => sum + (part ?? 0n), perCall)
  return { kinds, perCall, total: price === null ? null : total }
}

/** Tokens of the input of an average call, of whatever kind. */
export function averageInput(tokens: TokenCounts, calls: number): number {
  return calls === 0 ? 0 : Math.round(inputTokens(tokens) / calls)
}

/** Half up; what is rounded is never negative. */
function toNano(pico: bigint): bigint {
  return (pico + PICO_IN_NANO / 2n) / PICO_IN_NANO
}
