import { exactDollars } from '@/lib/model-pricing/dollars'

/** What a figure counts. Money is nano-USD, exact; the rest are plain numbers. */
export type Unit = 'usd' | 'tokens' | 'count' | 'bytes'
export type Amount = number | bigint

const GROUPED = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 })
const SHORT = new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 1 })
const SHORT_USD = new Intl.NumberFormat('en-US', {
  notation: 'compact',
  style: 'currency',
  currency: 'USD',
  maximumFractionDigits: 1,
})
const CENTS = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' })
const BYTE_UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const

/** For small tiles: 1.2M, $3.4K, 12 GiB. */
export function shortAmount(unit: Unit, amount: Amount): string {
  if (unit === 'bytes') return bytesText(Number(amount))
  if (unit !== 'usd') return SHORT.format(amount)
  const dollars = Number(amount) / 1e9
  return Math.abs(dollars) >= 1000 ? SHORT_USD.format(dollars) : amountText('usd', amount)
}

/** For axes, whose values are round: $10, $0.05. */
export function axisAmount(unit: Unit, amount: number): string {
  if (unit !== 'usd') return shortAmount(unit, amount)
  const dollars = amount / 1e9
  if (Math.abs(dollars) >= 1000) return SHORT_USD.format(dollars)
  return `$${Number(dollars.toPrecision(6))}`
}

/** For tables: every token and call; money to the cent, and as far as it takes below one dollar. */
export function amountText(unit: Unit, amount: Amount): string {
  if (unit === 'bytes') return bytesText(Number(amount))
  if (unit !== 'usd') return GROUPED.format(amount)
  const dollars = Number(amount) / 1e9
  const size = Math.abs(dollars)
  if (size === 0 || size >= 1) return CENTS.format(dollars)
  if (size < 0.000_001) return '< $0.000001'
  const decimals = size < 0.0001 ? 6 : 4
  return `${dollars < 0 ? '-' : ''}$${size.toFixed(decimals)}`
}

/** To the last digit: what a person can add up. */
export function exactAmount(unit: Unit, amount: Amount): string {
  if (unit === 'bytes') return `${GROUPED.format(amount)} bytes`
  if (unit !== 'usd') return GROUPED.format(amount)
  const nano = BigInt(amount)
  return nano < 0n ? `-$${exactDollars(-nano)}` : `$${exactDollars(nano)}`
}

function bytesText(bytes: number): string {
  const power = bytes < 1 ? 0 : Math.min(Math.floor(Math.log2(bytes) / 10), BYTE_UNITS.length - 1)
  const value = bytes / 1024 ** power
  return `${value.toFixed(value < 10 && power > 0 ? 1 : 0)} ${BYTE_UNITS[power]}`
}

/** How much more or less than before, in whole percent; null where there was nothing before. */
export function percentChange(now: Amount, before: Amount): number | null {
  if (Number(before) === 0) return null
  return Math.round(((Number(now) - Number(before)) / Math.abs(Number(before))) * 100)
}
