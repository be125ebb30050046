import type { PriceRow } from '@/components/model-pricing/prices/price-rows'
import { type CostLine, costLines, unpricedKinds } from '@/lib/model-pricing/cost-lines'
import { costOf } from '@/lib/model-pricing/rates'
import type { TokenKind } from '@/lib/model-pricing/token-kinds'
import { type CallPlan, MONTH_DAYS } from './calculator-inputs'

/** What a plan costs with one model. Money is nano-USD. */
export interface Estimate {
  price: PriceRow
  /** Of one call. */
  lines: CostLine[]
  /** What is used and the price names no rate for. */
  unpriced: TokenKind[]
  /** Null where something is unpriced. */
  total: { call: bigint; day: bigint; month: bigint } | null
}

/** Each call costs what metering would charge, so that many calls cost the multiple to the digit. */
export function estimateOf(price: PriceRow, { counts, calls, per, at }: CallPlan): Estimate {
  const cost = costOf(counts, price.rates, at)
  const lines = costLines(counts, price.rates, at)
  const unpriced = unpricedKinds(counts, price.rates, at)
  if (cost === null) return { price, lines, unpriced, total: null }
  const call = cost.input + cost.output
  const all = call * BigInt(calls)
  const days = BigInt(MONTH_DAYS)
  const total =
    per === 'day'
      ? { call, day: all, month: all * days }
      : { call, day: (all + days / 2n) / days, month: all }
  return { price, lines, unpriced, total }
}

/** How much dearer than the cheapest: `2.4×`; null for the cheapest, and where there is nothing to compare. */
export function comparedWords(estimate: Estimate, all: readonly Estimate[]): string | null {
  const months = all.flatMap(({ total }) => (total ? [total.month] : []))
  const mine = estimate.total?.month
  const [least = 0n] = [...months].sort((one, other) => (one < other ? -1 : 1))
  if (mine === undefined || months.length < 2 || least === 0n || mine === least) return null
  return `${(Number((mine * 100n) / least) / 100).toLocaleString('en-US', { maximumFractionDigits: 1 })}×`
}
