import { INTERVAL_MS } from '@/lib/usage/series'

/** Epoch ms; `to` is not in it. */
export interface TimeRange {
  from: number
  to: number
}

/** Two ranges of as many whole days, which can be compared fairly. */
export interface Comparison {
  now: TimeRange
  before: TimeRange
  days: number
}

const DAY_MS = INTERVAL_MS.DAY

/**
 * What of a range to compare with what of the one before: as many whole days of both, from their beginnings.
 * Today is not over, so it is left out; of a longer range the days that the shorter one lacks are.
 * @param now epoch ms
 * @returns null where no whole day of the range has passed
 */
export function comparisonOf(range: TimeRange, before: TimeRange, now: number): Comparison | null {
  const passed = Math.min(range.to, Math.floor(now / DAY_MS) * DAY_MS) - range.from
  const days = Math.floor(Math.min(passed, before.to - before.from) / DAY_MS)
  if (days < 1) return null
  return {
    now: { from: range.from, to: range.from + days * DAY_MS },
    before: { from: before.from, to: before.from + days * DAY_MS },
    days,
  }
}
