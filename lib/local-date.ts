/**
 * Dates in words for one time zone. The month names are ours: Intl spells them differently from one ICU
 * version to the next ("Sep", "Sept"), and server and browser must agree to the letter.
 */

export const MONTHS = [
  'Jan',
  'Feb',
  'Mar',
  'Apr',
  'May',
  'Jun',
  'Jul',
  'Aug',
  'Sep',
  'Oct',
  'Nov',
  'Dec',
] as const

export interface LocalMoment {
  year: number
  /** From 1. */
  month: number
  day: number
  hour: number
  minute: number
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** Making a format costs more than using it a thousand times. */
function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    calendar: 'iso8601',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  })
  formats.set(timeZone, made)
  return made
}

/** True for an IANA name that this process knows. */
export function isTimeZone(name: string): boolean {
  try {
    // An offset such as +02:00 is accepted by Intl, but knows no summer time.
    return /^[A-Za-z]/.test(name) && formatOf(name) !== undefined
  } catch {
    return false
  }
}

/** What a clock on the wall shows there at `at` (epoch ms). An unknown zone counts as UTC. */
export function localMoment(at: number, timeZone: string): LocalMoment {
  const format = formatOf(isTimeZone(timeZone) ? timeZone : 'UTC')
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]))
  return {
    year: parts.get('year') ?? 0,
    month: parts.get('month') ?? 0,
    day: parts.get('day') ?? 0,
    hour: parts.get('hour') ?? 0,
    minute: parts.get('minute') ?? 0,
  }
}

const two = (value: number): string => String(value).padStart(2, '0')

/** "21 Feb 2027" for epoch ms. */
export function localDate(at: number, timeZone: string): string {
  const { year, month, day } = localMoment(at, timeZone)
  return `${day} ${MONTHS[month - 1]} ${year}`
}

const DAY_MS = 86_400_000

/**
 * First and last day of a range of whole days in UTC: "13 Nov – 12 Dec 2026", "28 Dec 2026 – 3 Jan 2027", or
 * "13 Nov 2026" for one day.
 * @param range epoch ms; `to` is not in it
 */
export function dayRange({ from, to }: { from: number; to: number }): string {
  const [first, last] = [localDate(from, 'UTC'), localDate(to - DAY_MS, 'UTC')]
  if (first === last) return last
  const [day, month, year] = first.split(' ')
  return `${last.endsWith(` ${year}`) ? `${day} ${month}` : first} – ${last}`
}

/** "21 Feb 2027, 15:03 (Europe/Berlin)" or "21 Feb 2027, 14:03 UTC" for epoch ms. */
export function localDateTime(at: number, timeZone: string): string {
  const { hour, minute } = localMoment(at, timeZone)
  const zone = timeZone === 'UTC' || !isTimeZone(timeZone) ? 'UTC' : `(${timeZone})`
  return `${localDate(at, timeZone)}, ${two(hour)}:${two(minute)} ${zone}`
}
