import type { BillingPeriod } from '@/lib/plans/billing-period'
import { PROJECTION_ERRORS } from '@/lib/projection/projection-errors'
import {
  type ComingDay,
  type Forecast,
  forecastByRecentWeeks,
  mean,
} from '@/lib/projection/recent-weeks'

/** RECENT_WEEKS follows level, weekdays and trend of five weeks; RUN_RATE goes on as on the mean day so far. */
export const PROJECTION_METHODS = ['RECENT_WEEKS', 'RUN_RATE'] as const
export type ProjectionMethod = (typeof PROJECTION_METHODS)[number]

/** What a UTC day cost; nano-USD. */
export interface DaySum {
  /** Epoch ms of its beginning. */
  day: number
  cost: bigint
}

/** What a period will have cost at its end; nano-USD. */
export interface Projection {
  /** In this period until now. */
  spent: bigint
  /** At the end of the period: what is spent, and what the rest of it is expected to cost. */
  amount: bigint
  /** With a chance of about 80 % the end lies from `low` to `high`; never below what is spent. */
  low: bigint
  high: bigint
  method: ProjectionMethod
  /** 1 is the first day of the period. */
  dayOfPeriod: number
  /** By how many percent the method was off at this day of a period, on average, where the end was known. */
  errorPercent: number
}

const DAY_MS = 86_400_000
export const HISTORY_DAYS = 35
const DAYS_FOR_WEEKS = 7
const DAYS_FOR_RATE = 3
/**
 * A normal value lies within 1.28 deviations with a chance of 80 %. Usage steps and grows beyond any rule: with so
 * many, the end lay within the range that often, all shapes of the backtest together.
 */
const DEVIATIONS = 1.4
/** 80 % by Student's distribution, for 3 to 6 known days: their own deviation is uncertain as well. */
const DEVIATIONS_OF_FEW = [1.886, 1.638, 1.533, 1.476]

/**
 * What the period will have cost at its end, by its days so far and up to 35 days before now.
 * @param costs days without cost may be missing; those after now are not looked at
 * @param now epoch ms; before the period counts as its beginning, after it as its end
 * @returns null while fewer than three whole days are known since the first one that cost anything
 */
export function projectPeriod(
  costs: readonly DaySum[],
  period: BillingPeriod,
  now: number,
): Projection | null {
  const moment = Math.min(Math.max(now, period.from), period.to)
  const today = Math.floor(moment / DAY_MS) * DAY_MS
  const history = wholeDaysBefore(costs, today)
  if (history.length < DAYS_FOR_RATE) return null
  const spent = costs.reduce(
    (sum, { day, cost }) =>
      day >= period.from && day < period.to && day <= today ? sum + cost : sum,
    0n,
  )
  const method = history.length < DAYS_FOR_WEEKS ? 'RUN_RATE' : 'RECENT_WEEKS'
  const coming = comingDays(moment, today, period.to)
  const { sum, halfRange } =
    method === 'RUN_RATE'
      ? runRate(history, coming)
      : recentWeeks(history, (today / DAY_MS - history.length) % 7, coming)
  const dayOfPeriod = Math.floor((Math.min(moment, period.to - 1) - period.from) / DAY_MS) + 1
  return {
    spent,
    amount: spent + nano(sum),
    low: spent + nano(Math.max(0, sum - halfRange)),
    high: spent + nano(sum + halfRange),
    method,
    dayOfPeriod,
    errorPercent: PROJECTION_ERRORS[method][dayOfPeriod - 1] ?? 0,
  }
}

/** The whole days since the first that cost anything, at most 35 of them, oldest first. */
function wholeDaysBefore(costs: readonly DaySum[], today: number): number[] {
  const known = new Map<number, bigint>()
  for (const { day, cost } of costs) known.set(day, (known.get(day) ?? 0n) + cost)
  const days = Array.from(
    { length: HISTORY_DAYS },
    (_, place) => today - (HISTORY_DAYS - place) * DAY_MS,
  )
  const values = days.map((day) => Number(known.get(day) ?? 0n))
  const first = values.findIndex((cost) => cost > 0)
  return first < 0 ? [] : values.slice(first)
}

/** What is left of today, then whole days: periods end at midnight. */
function comingDays(now: number, today: number, end: number): ComingDay[] {
  return Array.from({ length: Math.ceil((end - today) / DAY_MS) }, (_, ahead) => ({
    ahead,
    share: ahead === 0 ? (today + DAY_MS - now) / DAY_MS : 1,
  }))
}

interface Rest {
  sum: number
  halfRange: number
}

function recentWeeks(history: readonly number[], firstWeekday: number, coming: ComingDay[]): Rest {
  const { sum, deviation }: Forecast = forecastByRecentWeeks(history, firstWeekday, coming)
  return { sum, halfRange: DEVIATIONS * deviation }
}

function runRate(history: readonly number[], coming: readonly ComingDay[]): Rest {
  const days = coming.reduce((total, { share }) => total + share, 0)
  const rate = mean(history)
  const variance =
    history.reduce((total, cost) => total + (cost - rate) ** 2, 0) / (history.length - 1)
  const deviations = DEVIATIONS_OF_FEW[history.length - DAYS_FOR_RATE] ?? DEVIATIONS
  return {
    sum: rate * days,
    halfRange: deviations * Math.sqrt(variance * (days + days ** 2 / history.length)),
  }
}

function nano(amount: number): bigint {
  return BigInt(Math.round(amount))
}
