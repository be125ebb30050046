import { describe, expect, it } from 'vitest'
import { rateChanges, ratePartsOf } from '@/lib/model-pricing/rate-changes'

const tiered = { base: 5, tiers: [{ above: 200_000, rate: 10 }] }

describe('what changed between two prices', () => {
  it('is every number that differs, and none that does not', () => {
    expect(
      rateChanges(
        { rates: { input: 2, cacheRead: 1, output: 8, call: 7 } },
        { rates: { input: 2, cacheRead: 3, output: 4 } },
      ),
    ).toEqual([
      { kind: 'cacheRead', above: null, window: null, before: 1, after: 3 },
      { kind: 'output', above: null, window: null, before: 8, after: 4 },
      { kind: 'call', above: null, window: null, before: 7, after: null },
    ])
    expect(rateChanges({ rates: { input: 2 } }, { rates: { input: 2 } })).toEqual([])
  })

  it('tells tiers and windows of the day apart from the rest', () => {
    const window = { from: 990, to: 30 }
    const after = { rates: { input: tiered }, windows: [{ ...window, rates: { input: 1 } }] }
    expect(rateChanges({ rates: { input: 5 } }, after)).toEqual([
      { kind: 'input', above: 200_000, window: null, before: null, after: 10 },
      { kind: 'input', above: null, window, before: null, after: 1 },
    ])
  })

  it('is everything where there was no price before, and where the price ends', () => {
    const price = { rates: { input: tiered, output: 9 } }
    expect(rateChanges(null, price).map(({ after }) => after)).toEqual([5, 10, 9])
    expect(rateChanges(price, null).map(({ before }) => before)).toEqual([5, 10, 9])
    expect(ratePartsOf(price)).toHaveLength(3)
  })
})
