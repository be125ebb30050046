const AMOUNT = /^(\d{1,7})?(?:\.(\d{1,6})?)?$/
const MILLIONTHS = 1_000_000
/** Pico-USD in a millionth of a dollar. */
const PICO_IN_MILLIONTH = 1_000_000

/** More dollars for a million tokens than any model costs; sums of it still fit into what stores them. */
export const DOLLARS_A_MILLION_MAX = 10_000
export const DOLLARS_A_CALL_MAX = 1000

/**
 * What is typed as dollars for a million tokens, as pico-USD a token: exact, because digits are moved and
 * nothing is divided.
 * @returns null where it is no amount, or has more than 6 decimals
 */
export function picoATokenOf(text: string): number | null {
  return millionthsOf(text)
}

/** What is typed as dollars for a call, as pico-USD; null as above. */
export function picoACallOf(text: string): number | null {
  const millionths = millionthsOf(text)
  return millionths === null ? null : millionths * PICO_IN_MILLIONTH
}

function millionthsOf(text: string): number | null {
  const trimmed = text.trim()
  const [, whole, decimals] = AMOUNT.exec(trimmed) ?? []
  if (whole === undefined && decimals === undefined) return null
  return Number(whole ?? 0) * MILLIONTHS + Number((decimals ?? '').padEnd(6, '0'))
}
