import type { TokenKind } from '@/lib/model-pricing/token-kinds'
import type { TimeRange } from '@/lib/usage/comparison'
import type { PeriodName } from '@/lib/usage/period'
import type { Span } from '@/lib/usage/series'
import type { BarsBy, Measure, SplitBy, UsageName } from './usage-view'

export const PERIOD_WORDS: Record<PeriodName, string> = {
  billing: 'This billing period',
  'last-billing': 'Last billing period',
  today: 'Today',
  '7d': 'Last 7 days',
  '30d': 'Last 30 days',
  '90d': 'Last 90 days',
  '12m': 'Last 12 months',
}

export const MEASURE_WORDS: Record<Measure, string> = {
  cost: 'Cost',
  tokens: 'Tokens',
  calls: 'Calls',
}

export const NAME_WORDS: Record<UsageName, string> = {
  provider: 'Provider',
  model: 'Model',
  agent: 'Agent',
}

export const BY_WORDS: Record<BarsBy, string> = { time: 'Time', ...NAME_WORDS }
export const SPLIT_WORDS: Record<SplitBy, string> = {
  ...NAME_WORDS,
  kind: 'Kind of token',
  none: 'Nothing',
}

export const SPAN_WORDS: Record<Span, string> = {
  HOUR: 'Hour',
  DAY: 'Day',
  WEEK: 'Week',
  MONTH: 'Month',
  RANGE: 'Whole period',
}

export const KIND_WORDS: Record<TokenKind, string> = {
  input: 'Input',
  cacheRead: 'Cache read',
  cacheWrite: 'Cache write, 5 min',
  cacheWrite1h: 'Cache write, 1 h',
  inputAudio: 'Audio input',
  output: 'Output',
  reasoning: 'Reasoning',
  outputAudio: 'Audio output',
}

/** A program need not tell the agent; such usage is counted all the same. */
export function nameText(by: UsageName, name: string): string {
  return name === '' ? `No ${by} told` : name
}

const DAY_MS = 86_400_000
const format = (options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat('en-US', { timeZone: 'UTC', ...options })
const DAY = format({ month: 'short', day: 'numeric' })
const WEEKDAY = format({ weekday: 'short', month: 'short', day: 'numeric', year: 'numeric' })
const MONTH = format({ month: 'short', year: 'numeric' })
const HOUR = format({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })

/** Below a bar. */
export function spanLabel(start: number, span: Span): string {
  if (span === 'HOUR') return HOUR.format(start)
  return span === 'MONTH' ? MONTH.format(start) : DAY.format(start)
}

/** In full. */
export function spanTitle(start: number, span: Span): string {
  if (span === 'HOUR') return `${DAY.format(start)}, ${HOUR.format(start)} UTC`
  if (span === 'WEEK') return `Week of ${WEEKDAY.format(start)}`
  return span === 'MONTH' ? MONTH.format(start) : WEEKDAY.format(start)
}

/** First and last day: `Nov 1 – Nov 22, 2026`. */
export function rangeText({ from, to }: TimeRange): string {
  const last = to - DAY_MS
  const year = new Date(last).getUTCFullYear()
  if (from === last) return `${DAY.format(from)}, ${year}`
  const firstYear = new Date(from).getUTCFullYear()
  return `${DAY.format(from)}${firstYear === year ? '' : `, ${firstYear}`} – ${DAY.format(last)}, ${year}`
}
