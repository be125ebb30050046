import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { costOf, type ModelRates, rateOf, ratesAt } from '@/lib/model-pricing/rates'
import { TOKEN_KINDS, type TokenCounts } from '@/lib/model-pricing/token-kinds'

const NOON = Date.UTC(2026, 0, 15, 12)
const NONE = Object.fromEntries(TOKEN_KINDS.map((kind) => [kind, 0])) as TokenCounts

const counts = (given: Partial<TokenCounts>): TokenCounts => ({ ...NONE, ...given })
const cost = (given: Partial<TokenCounts>, price: ModelRates, at = NOON) =>
  costOf(counts(given), price, at)

describe('the cost of a call', () => {
  it('is its tokens at their rates', () => {
    // $3 and $15 a million: 1,000 tokens in are $0.003, 500 out are $0.0075.
    const price = { rates: { input: 3_000_000, output: 15_000_000 } }
    expect(cost({ input: 1000, output: 500 }, price)).toEqual({
      input: 3_000_000n,
      output: 7_500_000n,
    })
  })

  it('is unknown where a kind that was used has no rate, and known where it was not used', () => {
    const price = { rates: { input: 3_000_000 } }
    expect(cost({ input: 10, output: 1 }, price)).toBeNull()
    expect(cost({ input: 10 }, price)).toEqual({ input: 30_000n, output: 0n })
    expect(cost({}, { rates: {} })).toEqual({ input: 0n, output: 0n })
  })

  it('has a part for the call itself where the provider charges for it', () => {
    const price = { rates: { input: 1000, output: 1000, call: 12_000_000 } }
    expect(cost({ input: 1 }, price)).toEqual({ input: 12_001n, output: 0n })
  })

  it('takes the rate of the wider kind where a kind has none of its own', () => {
    const wide = { rates: { input: 2000, cacheWrite: 5000, output: 9000 } }
    expect(cost({ cacheRead: 1, cacheWrite1h: 1, inputAudio: 1 }, wide)).toEqual({
      input: 2n + 5n + 2n,
      output: 0n,
    })
    expect(cost({ reasoning: 2, outputAudio: 1 }, wide)).toEqual({ input: 0n, output: 27n })
  })

  it('is rounded once, half up, and its parts add up', () => {
    const price = { rates: { input: 400, output: 300 } }
    // 400 pico are 0 nano, 300 more make 700: 1 nano.
    expect(cost({ input: 1, output: 1 }, price)).toEqual({ input: 0n, output: 1n })
    expect(cost({ input: 1 }, { rates: { input: 500 } })).toEqual({ input: 1n, output: 0n })
    expect(cost({ input: 1 }, { rates: { input: 499 } })).toEqual({ input: 0n, output: 0n })
  })

  it('jumps for the whole of a long input, which cached tokens count towards', () => {
    const long = {
      rates: {
        input: {
          base: 1000,
          tiers: [
            { above: 100, rate: 2000 },
            { above: 1000, rate: 4000 },
          ],
        },
        output: { base: 5000, tiers: [{ above: 100, rate: 7000 }] },
        cacheRead: 100,
      },
    }
    expect(cost({ input: 100, output: 1 }, long)).toEqual({ input: 100n, output: 5n })
    expect(cost({ input: 101, output: 1 }, long)).toEqual({ input: 202n, output: 7n })
    expect(cost({ input: 1, cacheRead: 1000 }, long)).toEqual({ input: 104n, output: 0n })
  })

  it('follows the hour of the day, over midnight too', () => {
    const night: ModelRates = {
      rates: { input: 4000 },
      windows: [{ from: 16 * 60 + 30, to: 30, rates: { input: 1000 } }],
    }
    const at = (hour: number, minute: number) => Date.UTC(2026, 5, 1, hour, minute)
    const charged = [at(16, 29), at(16, 30), at(23, 59), at(0, 0), at(0, 29), at(0, 30)].map(
      (moment) => cost({ input: 1 }, night, moment)?.input,
    )
    expect(charged).toEqual([4n, 1n, 1n, 1n, 1n, 4n])
  })

  it('is exact for any counts and rates', () => {
    const amount = fc.nat({ max: 1_000_000_000 })
    const rate = fc.nat({ max: 1_000_000_000 })
    fc.assert(
      fc.property(
        fc.record(Object.fromEntries(TOKEN_KINDS.map((kind) => [kind, amount]))),
        fc.record(Object.fromEntries(TOKEN_KINDS.map((kind) => [kind, rate]))),
        (some, rates) => {
          const tokens = counts(some)
          const made = costOf(tokens, { rates }, NOON)
          let pico = 0n
          for (const kind of TOKEN_KINDS) pico += BigInt(tokens[kind]) * BigInt(rates[kind] ?? 0)
          const total = (made?.input ?? -1n) + (made?.output ?? -1n)
          // Within half a nano-USD of what it is, and never below by more.
          expect(total * 1000n - pico <= 500n && pico - total * 1000n < 500n).toBe(true)
          expect(made && made.output >= 0n && made.input >= 0n).toBe(true)
        },
      ),
    )
  })
})

describe('the rate of a kind', () => {
  it('is the base until the first tier is exceeded', () => {
    const table = { input: { base: 1, tiers: [{ above: 10, rate: 2 }] } }
    expect([0, 10, 11].map((size) => rateOf('input', table, size))).toEqual([1, 1, 2])
    expect(rateOf('output', table, 5)).toBeNull()
  })

  it('comes from the first window that the minute is in', () => {
    const rates = { input: 1 }
    const windows = [
      { from: 0, to: 60, rates: { input: 2 } },
      { from: 30, to: 90, rates: { input: 3 } },
    ]
    const at = (minute: number) => ratesAt({ rates, windows }, minute * 60_000).input
    expect([0, 45, 60, 89, 90].map(at)).toEqual([2, 2, 3, 3, 1])
  })
})
