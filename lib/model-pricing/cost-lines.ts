import {
  type ModelRates,
  type RateTable,
  rateOf,
  ratesAt,
  WIDER_KIND,
} from '@/lib/model-pricing/rates'
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
  /** Whose rate that is: a wider kind's where the kind has none of its own. */
  billedAs: TokenKind | null
  /** The rate is that of calls whose input has more tokens; null: the base rate. */
  tierAbove: number | null
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
    const billedAs = billedKind(kind, table)
    const tierAbove = tierOf(billedAs, table, size)
    return [{ kind, tokens, rate, billedAs, tierAbove, cost: BigInt(tokens) * BigInt(rate) }]
  })
  const rate = table.call ?? 0
  if (rate === 0) return lines
  const call = { kind: null, tokens: 1, rate, billedAs: null, tierAbove: null, cost: BigInt(rate) }
  return [...lines, call]
}

/** The kinds that were used and have no rate: because of them `costOf` knows no cost. */
export function unpricedKinds(counts: TokenCounts, price: ModelRates, at: number): TokenKind[] {
  const table = ratesAt(price, at)
  return TOKEN_KINDS.filter((kind) => counts[kind] > 0 && rateOf(kind, table, 0) === null)
}

function billedKind(kind: TokenKind, table: RateTable): TokenKind {
  const wider = WIDER_KIND[kind]
  return table[kind] === undefined && wider !== undefined ? billedKind(wider, table) : kind
}

function tierOf(kind: TokenKind, table: RateTable, size: number): number | null {
  const rate = table[kind]
  if (rate === undefined || typeof rate === 'number') return null
  return rate.tiers.findLast(({ above }) => size > above)?.above ?? null
}
