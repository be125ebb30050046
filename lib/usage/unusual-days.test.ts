import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { allowanceUse } from '@/lib/usage/allowance'
import { unusualDays } from '@/lib/usage/unusual-days'

const DAY = 86_400_000
const DOLLAR = 1_000_000_000n
const range = { from: 28 * DAY, to: 35 * DAY }

const days = (costs: readonly bigint[], key = 'gpt-5') =>
  costs.map((cost, day) => ({ day: day * DAY, key, cost }))

describe('a day', () => {
  it('is unusual when it costs far more than the same weekday did', () => {
    const costs = Array.from({ length: 35 }, (_, day) => (day % 7 < 2 ? DOLLAR : 5n * DOLLAR))
    costs[31] = 40n * DOLLAR
    expect(unusualDays(days(costs), range)).toEqual([
      { day: 31 * DAY, key: 'gpt-5', cost: 40n * DOLLAR, usual: 5n * DOLLAR },
    ])
  })

  it('is not unusual for being a weekday after a quiet weekend', () => {
    const costs = Array.from({ length: 35 }, (_, day) => (day % 7 < 2 ? 0n : 50n * DOLLAR))
    expect(unusualDays(days(costs), range)).toEqual([])
  })

  it('is not unusual for cents, nor within the noise of its weekday', () => {
    const cents = Array.from({ length: 35 }, (_, day) => (day === 30 ? DOLLAR / 2n : 1000n))
    expect(unusualDays(days(cents), range)).toEqual([])
    const noisy = Array.from({ length: 35 }, (_, day) => BigInt(10 + (day % 4) * 5) * DOLLAR)
    expect(unusualDays(days(noisy), range)).toEqual([])
  })

  it('is told of a model that was never used before', () => {
    const costs = Array.from({ length: 35 }, (_, day) => (day === 33 ? 9n * DOLLAR : 0n))
    expect(unusualDays(days(costs, 'new'), range)).toEqual([
      { day: 33 * DAY, key: 'new', cost: 9n * DOLLAR, usual: 0n },
    ])
  })

  it('outside of the range is never told, and the dearest difference comes first', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ day: fc.nat({ max: 40 }), cost: fc.bigInt(0n, 90n * DOLLAR) })),
        (drawn) => {
          const found = unusualDays(
            drawn.map(({ day, cost }) => ({ day: day * DAY, key: 'any', cost })),
            range,
          )
          const differences = found.map(({ cost, usual }) => cost - usual)
          for (const { day, cost, usual } of found) {
            expect(day).toBeGreaterThanOrEqual(range.from)
            expect(day).toBeLessThan(range.to)
            expect(cost - usual).toBeGreaterThan(DOLLAR)
          }
          expect(differences).toEqual([...differences].sort((a, b) => Number(b - a)))
        },
      ),
    )
  })
})

describe('an allowance', () => {
  const end = 30 * DAY
  const now = 10 * DAY

  it('runs out when the pace of the last days has used up the rest', () => {
    const use = allowanceUse(500, 1000, { daily: [100, 100, 50, 150], now, end })
    expect(use).toEqual({ used: 500, allowance: 1000, percent: 50, runsOutAt: 15 * DAY })
  })

  it('that lasts longer than its period does not run out', () => {
    expect(allowanceUse(500, 1000, { daily: [25], now, end }).runsOutAt).toBeNull()
    expect(allowanceUse(0, 1000, { daily: [], now, end }).runsOutAt).toBeNull()
    expect(allowanceUse(9, null, { daily: [9], now, end }).percent).toBeNull()
  })

  it('is 100 percent no sooner than it is used up', () => {
    expect(allowanceUse(999, 1000, { daily: [0], now, end }).percent).toBe(99)
    expect(allowanceUse(1000, 1000, { daily: [0], now, end })).toMatchObject({
      percent: 100,
      runsOutAt: now,
    })
  })
})
