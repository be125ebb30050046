import { ORIGINS, type Origin } from '@/lib/usage/origin'
import { PERIODS, type PeriodChoice } from '@/lib/usage/period'
import { type Dimension, SPANS, type Span } from '@/lib/usage/series'
import type { UsageEventKind } from '@/lib/usage/usage-event'

export type SearchParams = Record<string, string | string[] | undefined>

export const MEASURES = ['cost', 'tokens', 'calls'] as const
export type Measure = (typeof MEASURES)[number]

/** What a figure can be told apart by. */
export const USAGE_NAMES = ['provider', 'model', 'agent'] as const satisfies readonly Dimension[]
export type UsageName = (typeof USAGE_NAMES)[number]

/** Bars: a span of time each, or a name each. */
export type BarsBy = 'time' | UsageName
/** Colours: a name each, a kind of token each, or one for all. */
export type SplitBy = UsageName | 'kind' | 'none'

/** Model calls, or the runs of agents that they were made in. */
export const EVENT_KINDS = ['calls', 'runs'] as const
export type EventKind = (typeof EVENT_KINDS)[number]

/** Everything that the address says of what is shown. */
export interface UsageView {
  period: PeriodChoice
  /** Null: the one that fits the period. */
  span: Span | null
  measure: Measure
  by: BarsBy
  split: SplitBy
  /** Null: both. */
  origin: Origin | null
  only: Record<UsageName, string[]>
  /** What the list of events is of. */
  events: EventKind
}

const DAY_MS = 86_400_000
const NAMES_MAX = 50

/** Reads the address; what it does not understand is as if it were not there. */
export function parseUsageView(params: SearchParams): UsageView {
  const measure = oneOf(params.measure, MEASURES) ?? 'cost'
  const by = oneOf(params.by, ['time', ...USAGE_NAMES] as const) ?? 'time'
  const split = oneOf(params.split, ['none', 'kind', ...USAGE_NAMES] as const) ?? 'model'
  return {
    period: periodIn(params),
    span: oneOf(upper(params.per), SPANS) ?? null,
    measure,
    by,
    // Cost and calls have no kinds of tokens, and a name cannot be split by itself.
    split: (split === 'kind' && measure !== 'tokens') || split === by ? 'none' : split,
    origin: oneOf(upper(params.origin), ORIGINS) ?? null,
    only: {
      provider: namesIn(params.provider),
      model: namesIn(params.model),
      agent: namesIn(params.agent),
    },
    events: oneOf(params.events, EVENT_KINDS) ?? 'calls',
  }
}

/** The address of a view, without what goes without saying. */
export function usageQueryString(view: UsageView, more: Record<string, string> = {}): string {
  const query = new URLSearchParams(more)
  if (view.period.name === null) {
    query.set('from', dayText(view.period.firstDay))
    query.set('to', dayText(view.period.lastDay))
  } else if (view.period.name !== 'billing') query.set('period', view.period.name)
  if (view.span) query.set('per', view.span.toLowerCase())
  if (view.measure !== 'cost') query.set('measure', view.measure)
  if (view.by !== 'time') query.set('by', view.by)
  if (view.split !== 'model') query.set('split', view.split)
  if (view.events !== 'calls') query.set('events', view.events)
  if (view.origin) query.set('origin', view.origin.toLowerCase())
  for (const name of USAGE_NAMES) for (const one of view.only[name]) query.append(name, one)
  return query.toString()
}

/** `2026-01-31`, UTC. */
export function dayText(moment: number): string {
  return new Date(moment).toISOString().slice(0, 10)
}

function periodIn(params: SearchParams): PeriodChoice {
  const firstDay = dayIn(params.from)
  const lastDay = dayIn(params.to)
  if (firstDay !== null && lastDay !== null && firstDay <= lastDay) {
    return { name: null, firstDay, lastDay }
  }
  return { name: oneOf(params.period, PERIODS) ?? 'billing' }
}

function dayIn(value: SearchParams[string]): number | null {
  const [text] = [value].flat()
  if (text === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return null
  const moment = Date.parse(`${text}T00:00:00Z`)
  return Number.isNaN(moment) ? null : Math.floor(moment / DAY_MS) * DAY_MS
}

function oneOf<Value extends string>(
  text: SearchParams[string],
  values: readonly Value[],
): Value | undefined {
  const [first] = [text].flat()
  return values.find((value) => value === first)
}

function upper(text: SearchParams[string]): string | undefined {
  return [text].flat()[0]?.toUpperCase()
}

function namesIn(values: SearchParams[string]): string[] {
  // No database text can hold a NUL, so nothing has such a name.
  const names = [values ?? []].flat().filter((name) => !name.includes('\0'))
  return [...new Set(names)].slice(0, NAMES_MAX)
}

/** Whether names or origin narrow what is shown. */
export function isNarrowed({ only, origin }: UsageView): boolean {
  return origin !== null || USAGE_NAMES.some((name) => only[name].length > 0)
}

/** As the core calls what the list is of. */
export function eventKindOf({ events }: UsageView): UsageEventKind {
  return events === 'runs' ? 'EXECUTION' : 'MODEL_CALL'
}
