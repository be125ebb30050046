import { INTERVAL_MS } from '@/lib/usage/series'

const DAYS_OF_PACE = 7

/** The whole UTC days whose mean is the pace: the last seven. `days` are their beginnings, newest first. */
export function paceBefore(now: number): { from: number; to: number; days: number[] } {
  const { DAY } = INTERVAL_MS
  const to = Math.floor(now / DAY) * DAY
  const days = Array.from({ length: DAYS_OF_PACE }, (_, place) => to - (place + 1) * DAY)
  return { from: to - DAYS_OF_PACE * DAY, to, days }
}

/** How far an allowance is used up, and when it will be. */
export interface AllowanceUse {
  used: number
  /** Null = without end. */
  allowance: number | null
  /** Whole percent, rounded down so that 100 means used up. Null without an end. */
  percent: number | null
  /** Epoch ms; null where it lasts to the end of the period, or nothing is known of how fast it goes. */
  runsOutAt: number | null
}

/**
 * @param daily what was used on each of the last whole days, at most seven: their mean goes on
 * @param end epoch ms of the end of the period, when the allowance begins anew
 */
export function allowanceUse(
  used: number,
  allowance: number | null,
  { daily, now, end }: { daily: readonly number[]; now: number; end: number },
): AllowanceUse {
  if (allowance === null) return { used, allowance, percent: null, runsOutAt: null }
  const percent = Math.floor((used / allowance) * 100)
  if (used >= allowance) return { used, allowance, percent, runsOutAt: now }
  const rate = daily.reduce((sum, amount) => sum + amount, 0) / Math.max(daily.length, 1)
  const runsOutAt = rate > 0 ? now + ((allowance - used) / rate) * INTERVAL_MS.DAY : Infinity
  return { used, allowance, percent, runsOutAt: runsOutAt < end ? Math.round(runsOutAt) : null }
}
