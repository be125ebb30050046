import { utcDate } from '@/lib/tokens/utc-date'

/** "24 Nov 2026, 10:00 UTC" for epoch ms: who reads an e-mail may be anywhere. */
export function utcMoment(at: number): string {
  return `${utcDate(at)}, ${new Date(at).toISOString().slice(11, 16)} UTC`
}
