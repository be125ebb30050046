import { localDate } from '@/lib/local-date'
import type { TokenKind } from '@/lib/model-pricing/token-kinds'
import type { PeriodName } from '@/lib/usage/period'
import type { Span } from '@/lib/usage/series'
import type { BarsBy, EventKind, Measure, SplitBy, UsageName } from './usage-view'

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

export const EVENT_WORDS: Record<EventKind, string> = {
  calls: 'Model calls',
  runs: 'Runs of agents',
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

/** What the agents that the reader sees are called, by the id that programs report; others keep their id. */
export type AgentNames = ReadonlyMap<string, string>

/** A program need not tell the agent; such usage is counted all the same. */
export function nameText(by: UsageName, name: string, agents?: AgentNames): string {
  if (name === '') return `No ${by} told`
  return (by === 'agent' && agents?.get(name)) || name
}

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const

// Day first, as all dates of the dashboard are, and without Intl, whose words differ between server and browser.
const dateOf = (moment: number) => localDate(moment, 'UTC')
const dayOf = (moment: number) => dateOf(moment).split(' ').slice(0, 2).join(' ')
const monthOf = (moment: number) => dateOf(moment).split(' ').slice(1).join(' ')
const weekdayOf = (moment: number) => `${WEEKDAYS[new Date(moment).getUTCDay()]}, ${dateOf(moment)}`
const hourOf = (moment: number) => new Date(moment).toISOString().slice(11, 16)

/** Below a bar. */
export function spanLabel(start: number, span: Span): string {
  if (span === 'HOUR') return hourOf(start)
  return span === 'MONTH' ? monthOf(start) : dayOf(start)
}

/** In full. */
export function spanTitle(start: number, span: Span): string {
  if (span === 'HOUR') return `${dayOf(start)}, ${hourOf(start)} UTC`
  if (span === 'WEEK') return `Week of ${weekdayOf(start)}`
  return span === 'MONTH' ? monthOf(start) : weekdayOf(start)
}
