import type { BillingPeriod } from '@/lib/plans/billing-period'

/** How amounts, counts and days read on invoices: always the same, whatever the machine is set to. */

const CENTS_IN_DOLLAR = 100n
const NANO_IN_DOLLAR = 1_000_000_000n
const DAY_MS = 86_400_000
/** A minus sign as wide as the digits. */
const MINUS = '−'

/** `$1,234.50` */
export function dollars(cents: bigint): string {
  const size = cents < 0n ? -cents : cents
  const rest = (size % CENTS_IN_DOLLAR).toString().padStart(2, '0')
  return `${cents < 0n ? MINUS : ''}$${count(size / CENTS_IN_DOLLAR)}.${rest}`
}

/** `$0.125`: to the nano-dollar, without zeros at the end beyond the cents. */
export function exactDollars(nano: bigint): string {
  return nanoDollars(nano).replace(/0{1,7}$/, '')
}

/** `$0.120000000`: to the nano-dollar, so that amounts stand under each other. */
export function nanoDollars(nano: bigint): string {
  const size = nano < 0n ? -nano : nano
  const rest = (size % NANO_IN_DOLLAR).toString().padStart(9, '0')
  return `${nano < 0n ? MINUS : ''}$${count(size / NANO_IN_DOLLAR)}.${rest}`
}

/** `12,345` */
export function count(amount: bigint): string {
  return amount.toString().replace(/\B(?=(\d{3})+$)/g, ',')
}

/** `12.34 GiB`, two places at most. */
export function gibibytes(bytes: bigint): string {
  const hundredths = (bytes * 100n + (1n << 29n)) >> 30n
  const rest = (hundredths % 100n).toString().padStart(2, '0').replace(/0+$/, '')
  return `${count(hundredths / 100n)}${rest === '' ? '' : `.${rest}`} GiB`
}

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const

/** `1 November 2026`, in UTC. */
export function day(moment: number): string {
  const at = new Date(moment)
  return `${at.getUTCDate()} ${MONTHS[at.getUTCMonth()]} ${at.getUTCFullYear()}`
}

/** `1 to 30 November 2026`, first and last day. */
export function days({ from, to }: BillingPeriod): string {
  const last = day(to - DAY_MS)
  const [date, month, year] = day(from).split(' ')
  if (day(from) === last) return last
  if (last.endsWith(` ${month} ${year}`)) return `${date} to ${last}`
  return last.endsWith(` ${year}`) ? `${date} ${month} to ${last}` : `${day(from)} to ${last}`
}
