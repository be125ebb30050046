import { localMoment } from '@/lib/local-date'

const DAY_MS = 24 * 60 * 60 * 1000
const MINUTE_MS = 60 * 1000

export interface DigestMoment {
  /** Epoch ms of the last time that clocks there showed the hour. */
  at: number
  /** Of that moment there: "2026-11-21". */
  date: string
}

/**
 * The last moment, not after `now`, at which it was `hour` o'clock in the zone: one for each local date,
 * on days of 23 and 25 hours too. Where clocks jump over the hour it is the moment of the jump.
 * @param now epoch ms
 */
export function lastDigestMoment(now: number, timeZone: string, hour: number): DigestMoment {
  const today = localMoment(now, timeZone)
  const todayUtc = Date.UTC(today.year, today.month - 1, today.day)
  // A date that the zone skipped (Samoa, 30 December 2011) has no moment: go on to the day before it.
  for (let day = todayUtc; day > todayUtc - 4 * DAY_MS; day -= DAY_MS) {
    const at = instantOf(day, hour, timeZone)
    if (at <= now && dateIn(at, timeZone) === day) {
      return { at, date: new Date(day).toISOString().slice(0, 10) }
    }
  }
  throw new RangeError(`No day has ${hour} o'clock in ${timeZone}.`)
}

/** The first instant at which clocks there show the day (as midnight in UTC) and the hour, or later. */
function instantOf(day: number, hour: number, timeZone: string): number {
  const wanted = day + hour * 60 * MINUTE_MS
  // The offset before and after whatever change the day has; the earlier instant that fits is right.
  const candidates = [wanted - DAY_MS, wanted + DAY_MS].map(
    (near) => wanted - offsetAt(near, timeZone),
  )
  const exact = candidates.filter((at) => wallClock(at, timeZone) === wanted)
  return exact.length > 0 ? Math.min(...exact) : firstAfterJump(wanted, candidates, timeZone)
}

/** In a gap the clocks never show it: the first minute that shows more. */
function firstAfterJump(wanted: number, candidates: readonly number[], timeZone: string): number {
  let before = Math.min(...candidates) - MINUTE_MS
  let after = Math.max(...candidates)
  while (after - before > MINUTE_MS) {
    const middle = before + Math.floor((after - before) / MINUTE_MS / 2) * MINUTE_MS
    if (wallClock(middle, timeZone) < wanted) before = middle
    else after = middle
  }
  return after
}

/** What clocks there show, as if it were UTC. */
function wallClock(at: number, timeZone: string): number {
  const { year, month, day, hour, minute } = localMoment(at, timeZone)
  return Date.UTC(year, month - 1, day, hour, minute) + (at % MINUTE_MS)
}

function offsetAt(at: number, timeZone: string): number {
  return wallClock(at, timeZone) - at
}

function dateIn(at: number, timeZone: string): number {
  const { year, month, day } = localMoment(at, timeZone)
  return Date.UTC(year, month - 1, day)
}
