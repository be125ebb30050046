/** Values as people read them. */

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** "3 h ago", "in 12 d", "just now", "never". @param at epoch ms */
export function ago(at: number | null, now = Date.now()): string {
  if (at === null) return 'never'
  const distance = Math.abs(now - at)
  if (distance < MINUTE_MS) return 'just now'
  const [size, unit] =
    distance < HOUR_MS ? [MINUTE_MS, 'min'] : distance < 2 * DAY_MS ? [HOUR_MS, 'h'] : [DAY_MS, 'd']
  const amount = `${Math.round(distance / size)} ${unit}`
  return at > now ? `in ${amount}` : `${amount} ago`
}

/** "2026-11-22 10:15 UTC"; "never" for null. */
export function moment(at: number | null): string {
  if (at === null) return 'never'
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`
}

/** "2026-11-22 (in 12 d)". */
export function expiry(at: number | null, now = Date.now()): string {
  return at === null ? 'never' : `${moment(at)} (${ago(at, now)})`
}

/** Dollars with as many places as say something. */
export function dollars(amount: number): string {
  if (amount === 0) return '$0'
  if (Math.abs(amount) < 0.01) return `$${amount.toPrecision(2)}`
  return `$${amount.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`
}

export function whole(count: number): string {
  return count.toLocaleString('en-US')
}

/** `EXPIRING` → `expiring`. */
export function lower(word: string): string {
  return word.toLowerCase().replaceAll('_', ' ')
}

export function plural(count: number, noun: string): string {
  return `${whole(count)} ${noun}${count === 1 ? '' : 's'}`
}
