import { type BillingPeriod, billingPeriodAt } from '@/lib/plans/billing-period'
import { type DaySum, type ProjectionMethod, projectPeriod } from '@/lib/projection/projection'

/**
 * Made-up usage whose end is known, and how far projections were off. Each run draws its own noise, weekends, period
 * and moments; the same seed draws the same runs.
 */

const DAY_MS = 86_400_000
const DOLLAR_NANO = 1_000_000_000
/** Of the longest period. */
const DAYS_MAX = 31
const DAYS_BEFORE = 35
const FIRST_DAY = Date.UTC(2024, 0, 1)
const FIRST_DAYS = 1000

export const SHAPES = {
  'weekly seasons': { weekends: true },
  'weekly seasons, +1 % a day': { weekends: true, growth: 1.01 },
  'flat with noise': {},
  'bursts: one day in twenty costs 3 to 8 times as much': { weekends: true, bursts: 0.05 },
  'a lasting step, down to 0.4 or up to 2.5 times': { weekends: true, step: 2.5 },
  'four days in ten cost anything': { idle: 0.6 },
  'new customer: 8 to 28 days of history': { weekends: true, known: [8, 28] },
  'new customer: 5 days of history': { weekends: true, known: [5, 5] },
} satisfies Record<string, ShapeTraits>
export type Shape = keyof typeof SHAPES

interface ShapeTraits {
  weekends?: boolean
  /** Factor a day. */
  growth?: number
  /** Share of days. */
  bursts?: number
  /** Share of days that cost nothing. */
  idle?: number
  /** Largest factor. */
  step?: number
  /** From so many to so many whole days before the moment of each projection. */
  known?: readonly [number, number]
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** How far the method and simpler ones were off, on one day of one run; percent of what the period cost. */
export interface Measure {
  dayOfPeriod: number
  method: ProjectionMethod
  error: number
  /** By what is spent, over the part of the period that is over. */
  runRateError: number
  /** By what is spent, and the rest of the days as the last seven were on average. */
  lastWeekError: number
  /** Whether the end lay within the range. */
  isWithin: boolean
}

/** Projects each day of each run, at any time of the day, and compares with what the period came to. */
export function backtest(shape: Shape, runs: number, seed = 1): Measure[] {
  const random = seeded(seed)
  return Array.from({ length: runs }, () => measuresOfRun(SHAPES[shape], random)).flat()
}

function measuresOfRun(traits: ShapeTraits, random: () => number): Measure[] {
  const period = billingPeriodAt(
    FIRST_DAY + Math.floor(random() * FIRST_DAYS) * DAY_MS,
    1 + Math.floor(random() * 28),
  )
  const days = drawDays(traits, period, random)
  const lengthDays = (period.to - period.from) / DAY_MS
  return Array.from({ length: lengthDays }, (_, day) => {
    const now = period.from + day * DAY_MS + Math.floor(random() * DAY_MS)
    const [least, most] = traits.known ?? [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]
    const known = least === most ? least : least + Math.floor(random() * (most - least + 1))
    const since = Math.floor(now / DAY_MS) * DAY_MS - known * DAY_MS
    return measure(
      days.filter((one) => one.day >= since),
      period,
      now,
    )
  }).filter((one) => one !== null)
}

function drawDays(traits: ShapeTraits, period: BillingPeriod, random: () => number): DaySum[] {
  const from = period.from - DAYS_BEFORE * DAY_MS
  const count = (period.to - from) / DAY_MS
  const usual = DOLLAR_NANO * 10 ** (random() * 4)
  const weekend = traits.weekends ? 0.15 + 0.45 * random() : 1
  const noise = 0.15 + 0.2 * random()
  const stepDay = Math.floor(random() * count)
  const step = traits.step ? traits.step ** (2 * random() - 1) : 1
  return Array.from({ length: count }, (_, place) => {
    const day = from + place * DAY_MS
    const isWeekend = [0, 6].includes(new Date(day).getUTCDay())
    let cost = usual * (isWeekend ? weekend : 1) * around(noise, random)
    cost *= (traits.growth ?? 1) ** place * (place >= stepDay ? step : 1)
    if (random() < (traits.bursts ?? 0)) cost *= 3 + 5 * random()
    return { day, cost: random() < (traits.idle ?? 0) ? 0n : BigInt(Math.round(cost)) }
  })
}

/** About 1, never below 0: log-normal with such a coefficient of variation. */
function around(variation: number, random: () => number): number {
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  const deviation = Math.sqrt(Math.log(1 + variation ** 2))
  return Math.exp(deviation * normal - deviation ** 2 / 2)
}

function measure(days: readonly DaySum[], period: BillingPeriod, now: number): Measure | null {
  const today = Math.floor(now / DAY_MS) * DAY_MS
  const sofar = days.flatMap(({ day, cost }) => {
    if (day > today) return []
    return [{ day, cost: day < today ? cost : (cost * BigInt(now - today)) / BigInt(DAY_MS) }]
  })
  const projection = projectPeriod(sofar, period, now)
  const total = days.reduce((sum, { day, cost }) => (day >= period.from ? sum + cost : sum), 0n)
  if (!projection || total === 0n) return null
  const { amount, low, high, spent, method, dayOfPeriod } = projection
  const runRate = (Number(spent) * (period.to - period.from)) / Math.max(1, now - period.from)
  const lastDays = sofar.filter(({ day }) => day < today && day >= today - 7 * DAY_MS)
  const daily = lastDays.reduce((sum, { cost }) => sum + Number(cost), 0) / lastDays.length
  const lastWeek = Number(spent) + (daily * (period.to - now)) / DAY_MS
  return {
    dayOfPeriod,
    method,
    error: percentOff(Number(amount), Number(total)),
    runRateError: percentOff(runRate, Number(total)),
    lastWeekError: percentOff(lastWeek, Number(total)),
    isWithin: low <= total && total <= high,
  }
}

const percentOff = (projected: number, actual: number) =>
  (Math.abs(projected - actual) / actual) * 100

/** The mean of a value of the measures of each day of the period; NaN on days without a measure. */
export function meanByDay(
  measures: readonly Measure[],
  value: (measure: Measure) => number,
): number[] {
  return Array.from({ length: DAYS_MAX }, (_, place) => {
    const ofDay = measures.filter(({ dayOfPeriod }) => dayOfPeriod === place + 1)
    return ofDay.reduce((sum, measure) => sum + value(measure), 0) / ofDay.length
  })
}

/** The errors of each method by day of the period: the mean of its shapes, each of which counts the same. */
export function errorsByDay(
  measured: readonly { measures: readonly Measure[] }[],
): Record<ProjectionMethod, number[]> {
  const of = (method: ProjectionMethod) => {
    const shapes = measured
      .map(({ measures }) => measures.filter((one) => one.method === method))
      .filter(({ length }) => length > 0)
      .map((measures) => meanByDay(measures, ({ error }) => error))
    return Array.from(
      { length: DAYS_MAX },
      (_, day) => shapes.reduce((sum, byDay) => sum + (byDay[day] ?? 0), 0) / shapes.length,
    )
  }
  return { RECENT_WEEKS: of('RECENT_WEEKS'), RUN_RATE: of('RUN_RATE') }
}
