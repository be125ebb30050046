import { type ModelRates, rateOf, ratesAt } from '@/lib/model-pricing/rates'
import {
  inputTokens,
  TOKEN_KINDS,
  type TokenCounts,
  type TokenKind,
} from '@/lib/model-pricing/token-kinds'

/** One product of the formula behind a cost. */
export interface CostLine {
  /** Null for the part that is for the call itself. */
  kind: TokenKind | null
  tokens: number
  /** Pico-USD for one token, or for the call. */
  rate: number
  /** Pico-USD. */
  cost: bigint
}

/**
 * The formula of `costOf`, line by line: their sum, rounded once to nano-USD, is the cost of the call. Kinds
 * without a rate are left out.
 * @param at epoch ms of the call
 */
export function costLines(counts: TokenCounts, price: ModelRates, at: number): CostLine[] {
  const table = ratesAt(price, at)
  const size = inputTokens(counts)
  const lines = TOKEN_KINDS.flatMap((kind): CostLine[] => {
    const rate = rateOf(kind, table, size)
    const tokens = counts[kind]
    if (tokens === 0 || rate === null) return []
    return [{ kind, tokens, rate, cost: BigInt(tokens) * BigInt(rate) }]
  })
  const call = table.call ?? 0
  return call === 0 ? lines : [...lines, { kind: null, tokens: 1, rate: call, cost: BigInt(call) }]
}
