import { KIND_WORDS } from '@/components/usage/usage-words'
import { dollarsOfPico, dollarsPerMillion } from '@/lib/model-pricing/dollars'
import type { NameMatch } from '@/lib/model-pricing/name-match'
import type { RatePart } from '@/lib/model-pricing/rate-changes'
import type { Rate } from '@/lib/model-pricing/rates'

/** Prices in words and figures, the same wherever they are shown. */

/** `2.5` as `$2.50`: cents are always there, and as many digits more as say something. */
export function dollarWords(decimal: string): string {
  const [whole = '0', fraction = ''] = decimal.split('.')
  return `$${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${fraction.padEnd(2, '0')}`
}

/** A rate, pico-USD a token, for a million tokens. */
export function rateWords(rate: number): string {
  return dollarWords(dollarsPerMillion(rate))
}

/** What a part of a price costs: a million tokens, or one call. */
export function partRateWords(part: Pick<RatePart, 'kind'>, rate: number): string {
  return part.kind === 'call' ? dollarWords(dollarsOfPico(rate)) : rateWords(rate)
}

/** `Input above 200K, 00:30–16:30 UTC` */
export function partWords({ kind, above, window }: Omit<RatePart, 'rate'>): string {
  const size = above === null ? '' : ` above ${tokenWords(above)}`
  const what = kind === 'call' ? 'Each call' : KIND_WORDS[kind]
  return `${what}${size}${window ? `, ${windowWords(window)}` : ''}`
}

/** `128K`, `1M`, `1.05M`: as providers write sizes of context. */
export function tokenWords(count: number): string {
  const [size, unit] = count >= 1_000_000 ? [count / 1_000_000, 'M'] : [count / 1000, 'K']
  if (count < 1000) return String(count)
  return `${Number(size.toFixed(unit === 'M' ? 2 : 1))}${unit}`
}

/** `00:30–16:30 UTC` */
export function windowWords({ from, to }: { from: number; to: number }): string {
  return `${clockWords(from)}–${clockWords(to)} UTC`
}

/** @param minute of the day */
export function clockWords(minute: number): string {
  const [hours, minutes] = [Math.floor(minute / 60), minute % 60]
  return `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`
}

/** `+25%`, `−66.7%`; null where there is nothing to compare with. */
export function changeWords(before: number | null, after: number | null): string | null {
  if (before === null || after === null || before === 0) return null
  const percent = Number((((after - before) / before) * 100).toFixed(1))
  return `${percent > 0 ? '+' : percent < 0 ? '−' : ''}${Math.abs(percent)}%`
}

/** The rate for small inputs. */
export function baseRate(rate: Rate | undefined): number | undefined {
  return typeof rate === 'object' ? rate.base : rate
}

/** Which names are meant, in words: one entry for each way in which a name may fit. */
export function matchWords(match: NameMatch): string[] {
  return 'or' in match ? match.or.flatMap(matchWords) : [oneMatchWords(match)]
}

function oneMatchWords(match: NameMatch): string {
  if ('or' in match) return match.or.map(oneMatchWords).join(' or ')
  if ('and' in match) return match.and.map(oneMatchWords).join(' and ')
  if ('equals' in match) return match.equals
  if ('starts_with' in match) return `${match.starts_with}…`
  if ('ends_with' in match) return `…${match.ends_with}`
  if ('contains' in match) return `…${match.contains}…`
  return `/${match.regex}/`
}
