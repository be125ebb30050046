import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { billingPeriodAt } from '@/lib/plans/billing-period'
import { type DaySum, PROJECTION_METHODS, projectPeriod } from '@/lib/projection/projection'
import { PROJECTION_ERRORS } from '@/lib/projection/projection-errors'
import {
  backtest,
  errorsByDay,
  type Measure,
  SHAPES,
  type Shape,
} from '@/lib/projection/projection-fixture'

const DAY = 86_400_000
const DOLLAR = 1_000_000_000n
const period = billingPeriodAt(Date.UTC(2026, 10, 20), 1)

/** From so many days before the period to its end, each of that cost. */
const everyDay = (cost: bigint, before = 35): DaySum[] =>
  Array.from({ length: before + 30 }, (_, place) => ({
    day: period.from + (place - before) * DAY,
    cost,
  }))

/** What is known at a moment: whole days, and of today what was spent so far. */
const known = (days: readonly DaySum[], now: number): DaySum[] =>
  days.flatMap(({ day, cost }) => {
    const part = BigInt(Math.min(Math.max(0, now - day), DAY))
    return part === 0n ? [] : [{ day, cost: (cost * part) / BigInt(DAY) }]
  })

const costs = fc.oneof(fc.constant(0n), fc.bigInt(0n, 10n ** 15n), fc.bigInt(0n, 10n ** 9n))
const drawn = fc
  .record({
    anchor: fc.integer({ min: 1, max: 31 }),
    moment: fc.integer({ min: Date.UTC(2023, 11, 1), max: Date.UTC(2027, 1, 1) }),
    values: fc.array(costs, { minLength: 67, maxLength: 67 }),
    knownDays: fc.integer({ min: 0, max: 66 }),
  })
  .map(({ anchor, moment, values, knownDays }) => {
    const today = Math.floor(moment / DAY) * DAY
    const days = values.map((cost, place) => ({ day: today - place * DAY, cost }))
    return {
      period: billingPeriodAt(moment, anchor),
      now: moment,
      days: days.slice(0, knownDays + 1),
    }
  })

describe('a projection', () => {
  it('goes on as it went where every day was the same', () => {
    const now = period.from + 9.5 * DAY
    const projection = projectPeriod(known(everyDay(DOLLAR), now), period, now)
    expect(projection).toEqual({
      spent: (95n * DOLLAR) / 10n,
      amount: 30n * DOLLAR,
      low: 30n * DOLLAR,
      high: 30n * DOLLAR,
      method: 'RECENT_WEEKS',
      dayOfPeriod: 10,
      errorPercent: PROJECTION_ERRORS.RECENT_WEEKS[9],
    })
  })

  it('knows that weekends are quiet', () => {
    const week = everyDay(0n).map(({ day }) => ({
      day,
      cost: [0, 6].includes(new Date(day).getUTCDay()) ? DOLLAR : 10n * DOLLAR,
    }))
    // Friday evening: all weekdays of this week are known, but of neither weekend day.
    const now = Date.UTC(2026, 10, 7)
    const whole = Number(
      week.reduce((sum, { day, cost }) => (day >= period.from ? sum + cost : sum), 0n),
    )
    const amount = Number(projectPeriod(known(week, now), period, now)?.amount)
    expect(Math.abs(amount - whole) / whole).toBeLessThan(0.03)
  })

  it('is the mean of the few days known under a week, and none under three days', () => {
    const at = (days: number) => {
      const now = period.from + 12 * DAY
      const since = now - days * DAY
      return projectPeriod(
        everyDay(DOLLAR).filter(({ day }) => day >= since && day < now),
        period,
        now,
      )
    }
    expect(at(0)).toBeNull()
    expect(at(2)).toBeNull()
    expect(at(3)).toMatchObject({ method: 'RUN_RATE', amount: 21n * DOLLAR })
    expect(at(6)).toMatchObject({ method: 'RUN_RATE', amount: 24n * DOLLAR })
    expect(at(7)).toMatchObject({ method: 'RECENT_WEEKS', amount: 25n * DOLLAR })
  })

  it('is never below what is spent, and its range holds it', () => {
    fc.assert(
      fc.property(drawn, ({ days, period, now }) => {
        const projection = projectPeriod(days, period, now)
        if (!projection) return
        const { spent, low, amount, high } = projection
        expect(spent).toBe(
          days.reduce((sum, { day, cost }) => (day >= period.from ? sum + cost : sum), 0n),
        )
        expect(low).toBeGreaterThanOrEqual(spent)
        expect(amount).toBeGreaterThanOrEqual(low)
        expect(high).toBeGreaterThanOrEqual(amount)
      }),
    )
  })

  it('of costs that are all so many times as high is so many times as high', () => {
    fc.assert(
      fc.property(drawn, fc.bigInt(1n, 100_000n), ({ days, period, now }, times) => {
        const one = projectPeriod(days, period, now)
        const larger = projectPeriod(
          days.map(({ day, cost }) => ({ day, cost: cost * times })),
          period,
          now,
        )
        if (!one || !larger) {
          expect(larger).toBe(one)
          return
        }
        expect(larger.spent).toBe(one.spent * times)
        for (const part of ['amount', 'low', 'high'] as const) {
          const wanted = Number(one[part]) * Number(times)
          // Half a nano-dollar of rounding, so many times over, and the last digits of a double.
          const tolerance = Number(times) + wanted * 1e-9 + 1
          expect(Math.abs(Number(larger[part]) - wanted)).toBeLessThanOrEqual(tolerance)
        }
      }),
    )
  })

  it('is exact at the last moment of the period and after it', () => {
    fc.assert(
      fc.property(drawn, fc.nat({ max: 40 * DAY }), ({ days, period }, later) => {
        const ended = days.map(({ cost }, place) => ({
          day: period.to - (place + 1) * DAY,
          cost,
        }))
        const projection = projectPeriod(ended, period, period.to + later)
        if (!projection) return
        const { spent, amount, low, high } = projection
        expect([amount, low, high]).toEqual([spent, spent, spent])
        const justBefore = projectPeriod(ended, period, period.to - 1)
        const all = days.reduce((sum, { cost }) => sum + cost, 0n)
        expect((justBefore?.amount ?? 0n) - spent).toBeLessThanOrEqual(all / 10_000_000n + 1n)
      }),
    )
  })

  it('does not look at what is later than now, nor depend on order', () => {
    fc.assert(
      fc.property(drawn, fc.bigInt(1n, 10n ** 12n), ({ days, period, now }, cost) => {
        const later = { day: (Math.floor(now / DAY) + 1) * DAY, cost }
        expect(projectPeriod([later, ...days].reverse(), period, now)).toEqual(
          projectPeriod(days, period, now),
        )
      }),
    )
  })
})

describe('the backtest', () => {
  const measured = (Object.keys(SHAPES) as Shape[]).map((shape) => ({
    shape,
    measures: backtest(shape, 60, 2),
  }))
  const meanOf = (measures: readonly Measure[], value: (one: Measure) => number) =>
    measures.reduce((sum, one) => sum + value(one), 0) / measures.length

  it.each(measured)('is better than the plain run-rate with $shape', ({ measures }) => {
    expect(measures.length).toBeGreaterThan(1500)
    const off = meanOf(measures, ({ error }) => error)
    expect(off).toBeLessThan(meanOf(measures, ({ runRateError }) => runRateError))
  })

  it('finds the end within the range in about 80 of 100 cases', () => {
    const all = measured.flatMap(({ measures }) => measures)
    const within = meanOf(all, ({ isWithin }) => (isWithin ? 100 : 0))
    expect(within).toBeGreaterThan(76)
    expect(within).toBeLessThan(84)
  })

  it.each(PROJECTION_METHODS)('finds the errors that are shown for %s, week by week', (method) => {
    const found = errorsByDay(measured)[method]
    const week = (errors: readonly number[], from: number) =>
      errors.slice(from, from + 7).reduce((sum, percent) => sum + percent, 0) / 7
    for (const from of [0, 7, 14, 21]) {
      const shown = week(PROJECTION_ERRORS[method], from)
      expect(Math.abs(week(found, from) - shown)).toBeLessThan(0.2 * shown)
    }
  })
})
