import { localMoment, MONTHS } from '@/lib/local-date'

/** Notices under the days on which they came, in a person's time zone. */

export interface DayOf<Item> {
  /** "2026-11-21". */
  day: string
  /** "Today", "Yesterday", "Friday, 20 Nov". */
  label: string
  items: Item[]
}

const DAY_MS = 86_400_000
const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']

/**
 * Newest first, whatever the order of the items: they may come from processes whose clocks differ.
 * @param now epoch ms, as is each `createdAt`
 * @param timeZone IANA name
 */
export function groupByDay<Item extends { createdAt: number }>(
  items: readonly Item[],
  now: number,
  timeZone: string,
): DayOf<Item>[] {
  const today = dayOf(now, timeZone)
  const days: DayOf<Item>[] = []
  for (const item of [...items].sort((one, other) => other.createdAt - one.createdAt)) {
    const date = dayOf(item.createdAt, timeZone)
    const day = date.toISOString().slice(0, 10)
    const last = days.at(-1)
    if (last?.day === day) last.items.push(item)
    else days.push({ day, label: labelOf(date, today), items: [item] })
  }
  return days
}

/** Midnight UTC of the day that the calendar shows there. */
function dayOf(at: number, timeZone: string): Date {
  const { year, month, day } = localMoment(at, timeZone)
  return new Date(Date.UTC(year, month - 1, day))
}

function labelOf(date: Date, today: Date): string {
  const age = (today.getTime() - date.getTime()) / DAY_MS
  if (age === 0) return 'Today'
  if (age === 1) return 'Yesterday'
  const words = `${WEEKDAYS[date.getUTCDay()]}, ${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]}`
  const year = date.getUTCFullYear()
  return year === today.getUTCFullYear() ? words : `${words} ${year}`
}
