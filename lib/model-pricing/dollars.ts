const NANO_IN_USD = 1_000_000_000n

/** Nano-USD as dollars with all nine decimals: `-12.345678901`. */
export function exactDollars(nano: bigint): string {
  const size = nano < 0n ? -nano : nano
  const decimals = (size % NANO_IN_USD).toString().padStart(9, '0')
  return `${nano < 0n ? '-' : ''}${size / NANO_IN_USD}.${decimals}`
}
