import { amountText } from '@/components/charts/amount'
import type { OwnPrice } from '@/lib/model-pricing/own-price-rows'
import { dollarsACall, dollarsAMillion } from '@/lib/model-pricing/rate-text'
import type { Rate } from '@/lib/model-pricing/rates'
import type { TokenKind } from '@/lib/model-pricing/token-kinds'

/** Parts of a price, as people call them. */
export const PART_WORDS: Record<TokenKind | 'call', string> = {
  input: 'Input',
  output: 'Output',
  cacheRead: 'Cached input',
  cacheWrite: 'Cache write',
  cacheWrite1h: 'Cache write, one hour',
  inputAudio: 'Audio input',
  reasoning: 'Reasoning',
  outputAudio: 'Audio output',
  call: 'Each call',
}

/** What a part costs where it has no price of its own. */
export const WIDER_WORDS: Partial<Record<TokenKind, string>> = {
  cacheRead: 'input',
  cacheWrite: 'input',
  cacheWrite1h: 'cache write',
  inputAudio: 'input',
  reasoning: 'output',
  outputAudio: 'output',
}

/** `$2.50`, or `$2.50, $5.00 above 200,000` where long contexts cost something else. */
export function rateText(rate: Rate | undefined): string {
  if (rate === undefined) return '—'
  if (typeof rate === 'number') return `$${dollarsAMillion(rate)}`
  const tiers = rate.tiers.map(
    ({ above, rate: beyond }) =>
      `$${dollarsAMillion(beyond)} above ${above.toLocaleString('en-US')}`,
  )
  return [`$${dollarsAMillion(rate.base)}`, ...tiers].join(', ')
}

/** `Cached input $0.25` and so on: the parts besides input and output. */
export function otherParts({ rates }: Pick<OwnPrice, 'rates'>): string[] {
  if (!rates) return []
  const { input: _, output: __, call, ...kinds } = rates.rates
  const parts = Object.entries(kinds).map(
    ([kind, rate]) => `${PART_WORDS[kind as TokenKind]} ${rateText(rate)}`,
  )
  return call === undefined ? parts : [...parts, `${PART_WORDS.call} $${dollarsACall(call)}`]
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
