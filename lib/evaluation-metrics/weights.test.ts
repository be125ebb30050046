import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { normalizeWeights, sharesOf } from '@/lib/evaluation-metrics/weights'

const weights = fc
  .array(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 60 })
  .filter((all) => all.some((weight) => weight > 0))
const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)

describe('shares of one hundred', () => {
  it('are whole, and sum to exactly 100', () => {
    fc.assert(
      fc.property(weights, (given) => {
        const shares = normalizeWeights(given)
        expect(sum(shares)).toBe(100)
        expect(shares.every((share) => Number.isInteger(share) && share >= 0)).toBe(true)
      }),
    )
  })

  it('are the exact share, rounded up or down', () => {
    fc.assert(
      fc.property(weights, (given) => {
        const total = sum(given)
        normalizeWeights(given).forEach((share, index) => {
          expect(Math.abs(share - ((given[index] ?? 0) * 100) / total)).toBeLessThan(1)
        })
      }),
    )
  })

  it('never give less for more, nor depend on the unit of the weights', () => {
    fc.assert(
      fc.property(weights, fc.integer({ min: 2, max: 50 }), (given, factor) => {
        const shares = normalizeWeights(given)
        given.forEach((one, i) => {
          given.forEach((other, j) => {
            if (one > other) expect(shares[i]).toBeGreaterThanOrEqual(shares[j] ?? 0)
          })
        })
        expect(normalizeWeights(given.map((weight) => weight * factor))).toEqual(shares)
      }),
    )
  })

  it('leave what already sums to 100 as it is', () => {
    expect(normalizeWeights([50, 30, 20])).toEqual([50, 30, 20])
    expect(normalizeWeights([1, 1, 1])).toEqual([34, 33, 33])
    expect(normalizeWeights([])).toEqual([])
    expect(() => normalizeWeights([0, 0])).toThrow(RangeError)
  })

  it('give the part of what is deprecated to the others', () => {
    const live = { weight: 30, isDeprecated: false }
    expect(sharesOf([live, { weight: 40, isDeprecated: true }, live])).toEqual([50, 0, 50])
    expect(sharesOf([{ weight: 40, isDeprecated: true }])).toEqual([0])
    expect(sharesOf([])).toEqual([])
  })
})
