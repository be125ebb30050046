/** Money as exact decimal text: no rate and no sum passes through a floating-point number. */

const NANO_IN_USD = 1_000_000_000n
const PICO_PLACES = 12
/** A million tokens at a pico-USD each are a millionth of a dollar. */
const PER_MILLION_PLACES = 6

/** Nano-USD as dollars with all nine decimals: `-12.345678901`. */
export function exactDollars(nano: bigint): string {
  const size = nano < 0n ? -nano : nano
  const decimals = (size % NANO_IN_USD).toString().padStart(9, '0')
  return `${nano < 0n ? '-' : ''}${size / NANO_IN_USD}.${decimals}`
}

/**
 * @param units whole and not negative, each 10^-places
 * @returns without zeros that say nothing: `2.5`, `0.075`, `3`
 */
export function decimalText(units: number | bigint, places: number): string {
  const digits = BigInt(units)
    .toString()
    .padStart(places + 1, '0')
  const fraction = digits.slice(digits.length - places).replace(/0+$/, '')
  const whole = digits.slice(0, digits.length - places)
  return fraction === '' ? whole : `${whole}.${fraction}`
}

/** A rate, pico-USD a token, as the dollars that a million tokens cost. */
export function dollarsPerMillion(rate: number): string {
  return decimalText(rate, PER_MILLION_PLACES)
}

/** @param pico pico-USD */
export function dollarsOfPico(pico: number | bigint): string {
  return decimalText(pico, PICO_PLACES)
}
