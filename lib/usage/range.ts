import type { FieldError } from '@/lib/errors'
import { DAYS_MAX, HOURS_READABLE_DAYS, INTERVAL_MS, type UsageQuery } from '@/lib/usage/series'

/** What stands against reading the range, by the parts of the query. */
export function rangeObjections(
  { from, to, interval }: Pick<UsageQuery, 'from' | 'to' | 'interval'>,
  now: number,
): FieldError[] {
  const length = INTERVAL_MS[interval]
  const errors: FieldError[] = []
  for (const [name, moment] of Object.entries({ from, to })) {
    if (!Number.isSafeInteger(moment) || moment % length !== 0) {
      errors.push({
        pointer: `/query/${name}`,
        detail: `Give the beginning of a UTC ${interval.toLowerCase()}, in epoch milliseconds.`,
      })
    }
  }
  if (from >= to)
    errors.push({ pointer: '/query/to', detail: 'The range must end after its beginning.' })
  if (to - from > DAYS_MAX * INTERVAL_MS.DAY) {
    errors.push({ pointer: '/query/from', detail: `A range may have ${DAYS_MAX} days.` })
  }
  if (interval === 'HOUR' && from < now - (HOURS_READABLE_DAYS + 1) * INTERVAL_MS.DAY) {
    errors.push({
      pointer: '/query/interval',
      detail: `Hours are kept for ${HOURS_READABLE_DAYS} days: read older times by DAY.`,
    })
  }
  return errors
}
