import { localDate, localDateTime } from '@/lib/local-date'

/** "24 Nov 2026, 10:00 UTC" for epoch ms: who reads an e-mail may be anywhere. */
export function utcMoment(at: number): string {
  return localDateTime(at, 'UTC')
}

/** "24 Nov 2026" in UTC for epoch ms. */
export function utcDay(at: number): string {
  return localDate(at, 'UTC')
}
