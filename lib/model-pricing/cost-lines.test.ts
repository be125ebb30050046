import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { costLines } from '@/lib/model-pricing/cost-lines'
import { costOf, type ModelRates } from '@/lib/model-pricing/rates'
import { TOKEN_KINDS, type TokenCounts } from '@/lib/model-pricing/token-kinds'

const rate = fc.oneof(
  fc.nat({ max: 1e8 }),
  fc.record({
    base: fc.nat({ max: 1e7 }),
    tiers: fc.tuple(fc.nat({ max: 1e8 })).map(([above]) => [{ above: 1000, rate: above }]),
  }),
)
const prices: fc.Arbitrary<ModelRates> = fc.record({
  rates: fc.record({ input: rate, output: rate, cacheRead: rate, call: fc.nat({ max: 1e9 }) }),
})
const counts = fc
  .tuple(...TOKEN_KINDS.map(() => fc.nat({ max: 5000 })))
  .map((all) => Object.fromEntries(TOKEN_KINDS.map((kind, i) => [kind, all[i]])) as TokenCounts)

describe('the formula of a cost', () => {
  it('adds up to what was charged, rounded once', () => {
    fc.assert(
      fc.property(counts, prices, (tokens, price) => {
        const pico = costLines(tokens, price, 0).reduce((sum, { cost }) => sum + cost, 0n)
        const charged = costOf(tokens, price, 0)
        expect((pico + 500n) / 1000n).toBe((charged?.input ?? 0n) + (charged?.output ?? 0n))
      }),
    )
  })

  it('has a line for each kind that was used', () => {
    fc.assert(
      fc.property(counts, prices, (tokens, price) => {
        const kinds = costLines(tokens, price, 0).flatMap(({ kind }) => kind ?? [])
        expect(kinds).toEqual(TOKEN_KINDS.filter((kind) => tokens[kind] > 0))
      }),
    )
  })
})
