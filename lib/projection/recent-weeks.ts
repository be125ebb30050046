/** What the next days will cost by what the last weeks did. Pure; any unit, and all of it scales with the costs. */

/** A part of a day that is yet to come. */
export interface ComingDay {
  /** 0 is the day after the last known one. */
  ahead: number
  /** Of the day, 0 to 1. */
  share: number
}

export interface Forecast {
  sum: number
  /** Standard deviation of the sum, from how far the known days were off the same rule. */
  deviation: number
}

const WEEK = 7
const SHAPE_DAYS = 28
/** In so many days a known day loses half of its weight in the level. */
const HALF_LIFE_DAYS = 14
/** Days of ordinary usage added to each weekday: with few weeks known, weekdays differ by chance. */
const SHAPE_PRIOR_DAYS = 0.5
/** Of the days around it: what is beyond so many of their medians is a burst. */
const BURST_TIMES = 2
const NEAR_DAYS = 3
/** Bursts come again, but half as often as a mean says: counting them in full made projections worse. */
const BURSTS_EXPECTED = 0.5
/** A trend of so many squared standard errors is believed by half. */
const TREND_DOUBT = 9

/**
 * The coming days at the level of the recent ones, by the shape of the week, along the trend so far as it stands out
 * from noise, and no further than it has been seen. Bursts are spread over all days.
 * @param costs of whole days in a row, the oldest first; at least a week
 * @param firstWeekday of the first of them: any numbering of 0 to 6 that goes on by day
 */
export function forecastByRecentWeeks(
  costs: readonly number[],
  firstWeekday: number,
  coming: readonly ComingDay[],
): Forecast {
  const known: KnownDays = { costs, weekdayOf: (day) => (firstWeekday + day) % WEEK }
  const calm = withoutBursts(known)
  const shape = weekdayShape({ ...known, costs: calm }, mean)
  const weights = calm.map((_, day) => shape[known.weekdayOf(day)] ?? 1)
  const line = trendOf(calm, weights)
  const bursts = (mean(costs) - mean(calm)) * BURSTS_EXPECTED
  const level = (day: number) =>
    Math.max(0, line.level + line.slope * (Math.min(day, 2 * costs.length - 1) - line.levelDay))
  const expected = (day: number) => level(day) * (shape[known.weekdayOf(day)] ?? 1) + bursts
  const sum = coming.reduce(
    (total, { ahead, share }) => total + share * expected(costs.length + ahead),
    0,
  )
  const noise = variance(costs.map((cost, day) => cost - expected(day)))
  return { sum, deviation: deviationOf(noise, line, costs.length, coming) }
}

interface KnownDays {
  costs: readonly number[]
  weekdayOf(day: number): number
}

/** Each day, but none beyond twice what is usual around it, its weekday considered. */
function withoutBursts(known: KnownDays): number[] {
  const shape = weekdayShape(known, median)
  const plain = known.costs.map((cost, day) => cost / (shape[known.weekdayOf(day)] ?? 1))
  return known.costs.map((cost, day) => {
    const last = Math.max(0, plain.length - 2 * NEAR_DAYS - 1)
    const from = Math.min(Math.max(0, day - NEAR_DAYS), last)
    const usual = median(plain.slice(from, from + 2 * NEAR_DAYS + 1))
    // Where most days cost nothing, those that cost something are no exception but all there is.
    if (usual === 0) return cost
    return Math.min(cost, BURST_TIMES * usual * (shape[known.weekdayOf(day)] ?? 1))
  })
}

/** How much each weekday costs against the mean of all; none is 0, so that days can be divided by it. */
function weekdayShape(
  { costs, weekdayOf }: KnownDays,
  middle: (values: readonly number[]) => number,
): number[] {
  const from = Math.max(0, costs.length - SHAPE_DAYS)
  const usual = mean(costs.slice(from))
  if (usual === 0) return Array.from({ length: WEEK }, () => 1)
  const byWeekday = Array.from({ length: WEEK }, (): number[] => [])
  for (const [place, cost] of costs.slice(from).entries())
    byWeekday[weekdayOf(from + place)]?.push(cost)
  const shape = byWeekday.map((values) => {
    const known = values.length === 0 ? 0 : values.length * middle(values)
    return (known + SHAPE_PRIOR_DAYS * usual) / (values.length + SHAPE_PRIOR_DAYS)
  })
  const whole = mean(shape)
  return shape.map((part) => part / whole)
}

interface Trend {
  level: number
  /** The day that the level is of. */
  levelDay: number
  /** By day, shrunk towards none. */
  slope: number
  slopeVariance: number
  /** So many equal days would tell the level as well as the weighted ones. */
  daysInLevel: number
}

/** A weighted line through the days without their weekday; its level is that of the newest days. */
function trendOf(costs: readonly number[], weights: readonly number[]): Trend {
  const sum = (value: (day: number, weight: number) => number) =>
    weights.reduce((total, weight, day) => total + value(day, weight), 0)
  const cost = (day: number) => costs[day] ?? 0
  const weight = sum((_, one) => one)
  const middleDay = sum((day, one) => one * day) / weight
  const middle = sum((day) => cost(day)) / weight
  const spread = sum((day, one) => one * (day - middleDay) ** 2) / weight
  const slope = sum((day) => cost(day) * (day - middleDay)) / weight / spread
  const errors = sum(
    (day, one) => one * (cost(day) / one - middle - slope * (day - middleDay)) ** 2,
  )
  const slopeError = errors / weight / (costs.length - 2) / spread
  const doubted = slope ** 2 + TREND_DOUBT * slopeError
  const trust = doubted === 0 ? 0 : slope ** 2 / doubted
  const recency = (day: number) => 0.5 ** ((costs.length - 1 - day) / HALF_LIFE_DAYS)
  const recent = sum((day, one) => recency(day) * one)
  return {
    level: sum((day) => recency(day) * cost(day)) / recent,
    levelDay: sum((day, one) => recency(day) * one * day) / recent,
    slope: slope * trust,
    slopeVariance: slopeError * trust + (slope * (1 - trust)) ** 2,
    daysInLevel: sum(recency) ** 2 / sum((day) => recency(day) ** 2),
  }
}

/** Noise of each day on its own, and an error of level and slope that all days share. */
function deviationOf(
  noise: number,
  { levelDay, slopeVariance, daysInLevel }: Trend,
  days: number,
  coming: readonly ComingDay[],
): number {
  const whole = coming.reduce((total, { share }) => total + share, 0)
  const ownNoise = noise * coming.reduce((total, { share }) => total + share ** 2, 0)
  const reach = coming.reduce(
    (total, { ahead, share }) => total + share * (days + ahead - levelDay),
    0,
  )
  return Math.sqrt(ownNoise + (noise / daysInLevel) * whole ** 2 + slopeVariance * reach ** 2)
}

export function mean(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0) / values.length
}

/** Of the values about 0, as errors are. */
function variance(errors: readonly number[]): number {
  return errors.reduce((total, error) => total + error ** 2, 0) / Math.max(1, errors.length - 2)
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other)
  const half = sorted.length / 2
  return Number.isInteger(half)
    ? ((sorted[half - 1] ?? 0) + (sorted[half] ?? 0)) / 2
    : (sorted[Math.floor(half)] ?? 0)
}
