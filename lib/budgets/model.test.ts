import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  dollarsOf,
  isReached,
  nanoOfDollars,
  percentOf,
  periodOf,
  reachedThresholds,
  recentStart,
  runOutMoment,
  sortedThresholds,
  watchedThresholds,
} from '@/lib/budgets/model'

const nano = fc.bigInt({ min: 0n, max: 2n ** 62n })
const amount = fc.bigInt({ min: 1n, max: 10n ** 18n })
const percent = fc.integer({ min: 1, max: 1000 })
const DAY = 86_400_000

describe('a threshold', () => {
  it('is reached at the very nano-dollar, and not one before', () => {
    fc.assert(
      fc.property(amount, percent, (limit, threshold) => {
        // The least cost whose hundredfold is at least amount times percent.
        const least = (limit * BigInt(threshold) + 99n) / 100n
        expect(isReached(threshold, least, limit)).toBe(true)
        expect(isReached(threshold, least - 1n, limit)).toBe(false)
      }),
    )
  })

  it('that is reached stays reached as more is spent, and all below it are reached too', () => {
    fc.assert(
      fc.property(
        amount,
        nano,
        nano,
        fc.array(percent, { maxLength: 10 }),
        fc.boolean(),
        (limit, cost, more, percents, enforce) => {
          const terms = { amount: limit, thresholds: sortedThresholds(percents), enforce }
          const now = reachedThresholds({ ...terms, currentMonthlyCost: cost })
          const later = reachedThresholds({ ...terms, currentMonthlyCost: cost + more })
          expect(later.slice(0, now.length)).toEqual(now)
          expect(now).toEqual(watchedThresholds(terms).slice(0, now.length))
        },
      ),
    )
  })

  it('of 100% is watched by every budget that is enforced, once', () => {
    expect(watchedThresholds({ thresholds: [50], enforce: true })).toEqual([50, 100])
    expect(watchedThresholds({ thresholds: [50, 100, 120], enforce: true })).toEqual([50, 100, 120])
    expect(watchedThresholds({ thresholds: [], enforce: false })).toEqual([])
  })
})

it('says 100% only where nothing is left', () => {
  fc.assert(
    fc.property(amount, nano, (limit, cost) => {
      expect(percentOf(cost, limit) >= 100).toBe(isReached(100, cost, limit))
    }),
  )
  expect(percentOf(999_999_999n, 1_000_000_000n)).toBe(99.99)
})

it('takes dollars to the nano-dollar and back', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10 ** 11 }), (cents) => {
      const dollars = cents / 100
      expect(nanoOfDollars(dollars)).toBe(BigInt(cents) * 10_000_000n)
      expect(dollarsOf(nanoOfDollars(dollars))).toBe(dollars)
    }),
  )
  expect(nanoOfDollars(0.1 + 0.2)).toBe(300_000_000n)
  expect(nanoOfDollars(12.345678912)).toBe(12_345_678_912n)
  expect(nanoOfDollars(1e9)).toBe(10n ** 18n)
  expect(nanoOfDollars(5e-8)).toBe(50n)
})

it('goes by calendar months in UTC', () => {
  expect(periodOf(Date.UTC(2028, 1, 29, 23, 59, 59, 999))).toEqual({
    start: Date.UTC(2028, 1, 1),
    end: Date.UTC(2028, 2, 1),
  })
  expect(periodOf(Date.UTC(2026, 11, 31))).toEqual({
    start: Date.UTC(2026, 11, 1),
    end: Date.UTC(2027, 0, 1),
  })
})

describe('the date of running out', () => {
  const now = Date.UTC(2026, 10, 10, 12)
  const at = (limit: bigint, cost: bigint, recent: bigint) =>
    runOutMoment({ amount: limit, currentMonthlyCost: cost }, recent, now)

  it('goes on at the rate of today and the six days before', () => {
    expect(recentStart(now)).toBe(Date.UTC(2026, 10, 4))
    // 13 in six days and a half are 2 a day; 8 are left.
    expect(at(100n, 92n, 13n)).toBe(now + 4 * DAY)
  })

  it('is not told where it is past, unknown, or beyond the month', () => {
    expect(at(100n, 100n, 13n)).toBeNull()
    expect(at(100n, 0n, 0n)).toBeNull()
    expect(at(100n, 0n, 1n)).toBeNull()
  })

  it('is never before now nor after the month', () => {
    fc.assert(
      fc.property(amount, nano, nano, fc.nat({ max: 400 * DAY }), (limit, cost, recent, later) => {
        const moment = now + later
        const end = runOutMoment({ amount: limit, currentMonthlyCost: cost }, recent, moment)
        if (end === null) return
        expect(end).toBeGreaterThanOrEqual(moment)
        expect(end).toBeLessThan(periodOf(moment).end)
      }),
    )
  })
})
