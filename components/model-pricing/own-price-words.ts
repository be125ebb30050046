import { amountText } from '@/components/charts/amount'
import { KIND_WORDS } from '@/components/usage/usage-words'
import type { OwnPrice } from '@/lib/model-pricing/own-price-rows'
import { type Rate, WIDER_KIND } from '@/lib/model-pricing/rates'
import type { TokenKind } from '@/lib/model-pricing/token-kinds'
import { partRateWords, rateWords } from './rate-words'

/** What a part costs where it has no price of its own: `as input`. */
export function asWider(kind: TokenKind): string | null {
  const wider = WIDER_KIND[kind]
  return wider ? `as ${KIND_WORDS[wider].toLowerCase()}` : null
}

/** `$2.50`, or `$2.50, $5.00 above 200,000` where long contexts cost something else. */
export function rateText(rate: Rate | undefined): string {
  if (rate === undefined) return '—'
  if (typeof rate === 'number') return rateWords(rate)
  const tiers = rate.tiers.map(
    ({ above, rate: beyond }) => `${rateWords(beyond)} above ${above.toLocaleString('en-US')}`,
  )
  return [rateWords(rate.base), ...tiers].join(', ')
}

/** `Cached input $0.25` and so on: the parts besides input and output. */
export function otherParts({ rates }: Pick<OwnPrice, 'rates'>): string[] {
  if (!rates) return []
  const { input: _, output: __, call, ...kinds } = rates.rates
  const parts = Object.entries(kinds).map(
    ([kind, rate]) => `${KIND_WORDS[kind as TokenKind]} ${rateText(rate)}`,
  )
  return call === undefined
    ? parts
    : [...parts, `Each call ${partRateWords({ kind: 'call' }, call)}`]
}

export function agentText(agent: string | null): string {
  if (agent === null) return 'All agents'
  return agent === '' ? 'No agent named' : agent
}

/** `2026-11-22`, UTC: the value of a date field. */
export function dayValue(at: number): string {
  return new Date(at).toISOString().slice(0, 10)
}

/** `3 calls`, `1 call`. */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? noun : `${noun}s`}`
}

/** `+$1.20`, `−$0.04`, `$0.00`. */
export function differenceText(nano: bigint): string {
  if (nano === 0n) return amountText('usd', 0n)
  const size = amountText('usd', nano < 0n ? -nano : nano)
  return `${nano < 0n ? '−' : '+'}${size}`
}
