import type { ModelRates, RateTable } from '@/lib/model-pricing/rates'
import { TOKEN_KINDS, type TokenKind } from '@/lib/model-pricing/token-kinds'

/** One number of a price: of a kind of token, or of the call itself. */
export interface RatePart {
  kind: TokenKind | 'call'
  /** Counts where the whole input has more tokens; null: for any size. */
  above: number | null
  /** Minutes of the UTC day; null: outside every window. */
  window: { from: number; to: number } | null
  /** Pico-USD a token, or for the call. */
  rate: number
}

export interface RateChange extends Omit<RatePart, 'rate'> {
  /** Null: it was not there. */
  before: number | null
  after: number | null
}

/** All numbers that the price consists of, in the order of the kinds. */
export function ratePartsOf({ rates, windows = [] }: ModelRates): RatePart[] {
  return [
    ...partsOf(rates, null),
    ...windows.flatMap(({ from, to, rates: within }) => partsOf(within, { from, to })),
  ]
}

function partsOf(table: RateTable, window: RatePart['window']): RatePart[] {
  const parts = TOKEN_KINDS.flatMap((kind): RatePart[] => {
    const rate = table[kind]
    if (rate === undefined) return []
    if (typeof rate === 'number') return [{ kind, above: null, window, rate }]
    return [
      { kind, above: null, window, rate: rate.base },
      ...rate.tiers.map((tier) => ({ kind, above: tier.above, window, rate: tier.rate })),
    ]
  })
  return table.call === undefined
    ? parts
    : [...parts, { kind: 'call', above: null, window, rate: table.call }]
}

/** The numbers in which two prices differ; null is a price without any. */
export function rateChanges(before: ModelRates | null, after: ModelRates | null): RateChange[] {
  const old = byName(before)
  const fresh = byName(after)
  return [...new Map([...old, ...fresh])]
    .map(([name, { rate: _, ...part }]) => ({
      ...part,
      before: old.get(name)?.rate ?? null,
      after: fresh.get(name)?.rate ?? null,
    }))
    .filter((change) => change.before !== change.after)
}

function byName(price: ModelRates | null): Map<string, RatePart> {
  const parts = price ? ratePartsOf(price) : []
  return new Map(
    parts.map((part) => [JSON.stringify([part.kind, part.above, part.window]), part] as const),
  )
}
