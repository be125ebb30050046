import { MONTHS } from '@/lib/local-date'

/** Dates in words, in UTC. */

const two = (value: number): string => String(value).padStart(2, '0')

/** "21 Feb 2027" for epoch ms. */
export function utcDate(at: number): string {
  const date = new Date(at)
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`
}

/** "21 Feb 2027, 14:03:09 UTC" for epoch ms. */
export function utcDateTime(at: number): string {
  const date = new Date(at)
  const time = [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()].map(two).join(':')
  return `${utcDate(at)}, ${time} UTC`
}
