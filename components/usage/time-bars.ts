import type { ChartColumn } from '@/components/charts/chart-data'
import type { Comparison, TimeRange } from '@/lib/usage/comparison'
import { INTERVAL_MS, type Span, spanStart, type UsageRow } from '@/lib/usage/series'
import { amountOf } from './usage-chart'
import { type UsageView, usageQueryString } from './usage-view'
import { spanLabel, spanTitle } from './usage-words'

/** The spans of time that a view shows. */
export interface ShownSpans {
  /** Beginnings of the spans, in order. */
  starts: readonly number[]
  span: Span
  range: TimeRange
  view: UsageView
}

export interface TimeBarsInput extends ShownSpans {
  /** The days that are compared with, where the bars are days. */
  before: { comparison: Comparison; rows: readonly UsageRow[] } | null
  /** Where billing periods begin. */
  periodStarts: readonly number[]
  /** The address of the section. */
  base: string
}

/** A bar for each span of time, with what it was before and the way to its events. */
export function timeBars(input: TimeBarsInput): ChartColumn[] {
  const marked = new Set(input.periodStarts.map((start) => spanStart(start, input.span)))
  return input.starts.map((start) => ({
    key: String(start),
    label: spanLabel(start, input.span),
    title: spanTitle(start, input.span),
    href: eventsHref(start, input),
    before: beforeOf(start, input),
    // Hours are within one period, and its first hour is told by the day.
    mark: input.span !== 'HOUR' && marked.has(start) ? 'A billing period begins' : undefined,
  }))
}

function eventsHref(start: number, input: TimeBarsInput): string {
  return `${input.base}?${usageQueryString(daysOfSpan(start, input), { tab: 'events' })}`
}

/** The view, of the days of one of its spans. */
export function daysOfSpan(start: number, { starts, span, range, view }: ShownSpans): UsageView {
  const next = starts.find((other) => other > start) ?? range.to
  const firstDay = Math.max(start, range.from)
  const lastDay = span === 'HOUR' ? start : next - INTERVAL_MS.DAY
  return { ...view, period: { name: null, firstDay, lastDay: Math.max(lastDay, firstDay) } }
}

function beforeOf(start: number, { before, range, view }: TimeBarsInput) {
  if (!before) return undefined
  const { comparison, rows } = before
  const place = start - range.from
  if (start >= comparison.now.to) return undefined
  const row = rows.find(({ bucket }) => bucket === comparison.before.from + place)
  if (!row) return view.measure === 'cost' ? 0n : 0
  return amountOf(view.measure, row)
}

/** The events of a range under the filters of a view. */
export function eventsOfView(base: string, view: UsageView): string {
  return `${base}?${usageQueryString(view, { tab: 'events' })}`
}
