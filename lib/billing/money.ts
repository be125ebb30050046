/** Amounts of invoices are whole US cents; usage is rated in nano-USD (10^-9 USD). */
const NANO_IN_CENT = 10_000_000n

/**
 * Cents of an amount in nano-USD, rounded half up by its size, so that a credit is the mirror of its charge.
 * Each line of an invoice is rounded once, by this.
 */
export function centsOfNano(nano: bigint): bigint {
  const size = nano < 0n ? -nano : nano
  const cents = (size + NANO_IN_CENT / 2n) / NANO_IN_CENT
  return nano < 0n ? -cents : cents
}

/** What rounding a line took away (positive) or added (negative), in nano-USD: kept with the line. */
export function residueOfNano(nano: bigint): bigint {
  return nano - centsOfNano(nano) * NANO_IN_CENT
}

/** Cents in nano-USD, exactly. */
export function nanoOfCents(cents: bigint): bigint {
  return cents * NANO_IN_CENT
}

/**
 * The part of an amount that falls on a part of a period, rounded half up by its size.
 * @param cents of the whole period, at least 0
 * @param part in ms, from 0 to `whole`
 */
export function proratedCents(cents: bigint, part: number, whole: number): bigint {
  return (cents * BigInt(part) * 2n + BigInt(whole)) / (BigInt(whole) * 2n)
}
