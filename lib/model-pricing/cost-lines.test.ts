import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { costLines, unpricedKinds } from '@/lib/model-pricing/cost-lines'
import { costOf, type Rate, type RateTable } from '@/lib/model-pricing/rates'
import { TOKEN_KINDS, type TokenCounts } from '@/lib/model-pricing/token-kinds'

const NONE = Object.fromEntries(TOKEN_KINDS.map((kind) => [kind, 0])) as TokenCounts
const counts = (used: Partial<TokenCounts>): TokenCounts => ({ ...NONE, ...used })

const TIERED = { input: { base: 5, tiers: [{ above: 100, rate: 10 }] }, output: 20 }

describe('the lines of a bill', () => {
  it('name the rate that applied, and whose it is', () => {
    const used = counts({ input: 60, cacheRead: 41, reasoning: 7 })
    expect(costLines(used, { rates: { ...TIERED, call: 3 } }, 0)).toEqual([
      { kind: 'input', tokens: 60, rate: 10, billedAs: 'input', tierAbove: 100, cost: 600n },
      { kind: 'cacheRead', tokens: 41, rate: 10, billedAs: 'input', tierAbove: 100, cost: 410n },
      { kind: 'reasoning', tokens: 7, rate: 20, billedAs: 'output', tierAbove: null, cost: 140n },
      { kind: null, tokens: 1, rate: 3, billedAs: null, tierAbove: null, cost: 3n },
    ])
  })

  it('hold the base rate up to the very size of the tier', () => {
    const [line] = costLines(counts({ input: 100 }), { rates: TIERED }, 0)
    expect(line).toMatchObject({ rate: 5, tierAbove: null })
  })

  it('hold the rates of the window of the day', () => {
    const price = { rates: { input: 5 }, windows: [{ from: 990, to: 30, rates: { input: 1 } }] }
    const rateAt = (minute: number) =>
      costLines(counts({ input: 1 }), price, minute * 60_000)[0]?.rate
    expect([989, 990, 29, 30].map(rateAt)).toEqual([5, 1, 1, 5])
  })

  it('leave out what has no rate, which is named apart', () => {
    const used = counts({ input: 1, output: 2, reasoning: 3 })
    const price = { rates: { input: 3 } }
    expect(costLines(used, price, 0).map(({ kind }) => kind)).toEqual(['input'])
    expect(unpricedKinds(used, price, 0)).toEqual(['output', 'reasoning'])
    expect(unpricedKinds(counts({ input: 1 }), price, 0)).toEqual([])
  })

  it('add up to what metering charges, rounded once', () => {
    const amount = fc.nat({ max: 1_000_000_000 })
    const rate: fc.Arbitrary<Rate> = fc.oneof(
      amount,
      fc.record({
        base: amount,
        tiers: fc
          .uniqueArray(fc.record({ above: fc.nat({ max: 1_000_000 }), rate: amount }), {
            maxLength: 3,
            selector: ({ above }) => above,
          })
          .map((tiers) => tiers.sort((one, other) => one.above - other.above)),
      }),
    )
    const table: fc.Arbitrary<RateTable> = fc
      .tuple(
        fc.dictionary(fc.constantFrom(...TOKEN_KINDS), rate),
        fc.record({ input: rate, output: rate }),
        fc.record({ call: amount }, { requiredKeys: [] }),
      )
      .map(([some, always, call]) => ({ ...some, ...always, ...call }))
    const used = fc.record(
      Object.fromEntries(TOKEN_KINDS.map((kind) => [kind, fc.nat({ max: 500_000 })])),
    ) as fc.Arbitrary<TokenCounts>
    const minute = fc.nat({ max: 1439 })
    const price = fc.record({
      rates: table,
      windows: fc.array(fc.record({ from: minute, to: minute, rates: table }), { maxLength: 2 }),
    })
    fc.assert(
      fc.property(used, price, minute, (tokens, rates, at) => {
        const lines = costLines(tokens, rates, at * 60_000)
        const pico = lines.reduce((sum, line) => sum + line.cost, 0n)
        const cost = costOf(tokens, rates, at * 60_000)
        expect((cost?.input ?? 0n) + (cost?.output ?? 0n)).toBe((pico + 500n) / 1000n)
        const kinds = lines.flatMap(({ kind }) => kind ?? [])
        expect(kinds).toEqual(TOKEN_KINDS.filter((kind) => tokens[kind] > 0))
        for (const line of lines) expect(line.cost).toBe(BigInt(line.tokens) * BigInt(line.rate))
      }),
    )
  })
})
