import { nanoOfCents } from '@/lib/billing/money'

/** Amounts for programs: digits and a point, with a sign that ASCII has. */

const NANO_IN_DOLLAR = 1_000_000_000n

/** `-1234.50` of cents. */
export function decimalDollars(cents: bigint): string {
  return decimalNano(nanoOfCents(cents)).slice(0, -7)
}

/** `0.000000125` of nano-USD, always with nine decimals. */
export function decimalNano(nano: bigint): string {
  const size = nano < 0n ? -nano : nano
  const rest = (size % NANO_IN_DOLLAR).toString().padStart(9, '0')
  return `${nano < 0n ? '-' : ''}${size / NANO_IN_DOLLAR}.${rest}`
}
