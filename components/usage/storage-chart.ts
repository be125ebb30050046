import { type ChartData, SERIES_SHOWN } from '@/components/charts/chart-data'
import { type Span, spanStart } from '@/lib/usage/series'
import type { StorageRow } from '@/lib/usage/storage-series'
import { spanLabel, spanTitle } from './usage-words'

/** What one knowledge base held over the range. */
export interface BaseHistory {
  name: string
  /** Bytes at the end of each span, or by its latest day so far; 0 before its first measurement. */
  levels: number[]
  /** The most of any day. */
  peak: number
}

/** By knowledge base, the one that holds most at the end first. Hours have no levels of their own. */
export function baseHistories(
  rows: readonly StorageRow[],
  starts: readonly number[],
  span: Span,
): BaseHistory[] {
  const places = new Map(starts.map((start, place) => [start, place]))
  const bases = new Map<string, BaseHistory>()
  // In the order of days, so that the last one of a span stays.
  for (const { knowledgeBase, bucket, bytes, peakBytes } of rows) {
    const base = bases.get(knowledgeBase) ?? {
      name: knowledgeBase,
      levels: starts.map(() => 0),
      peak: 0,
    }
    bases.set(knowledgeBase, base)
    const place = places.get(spanStart(bucket, span))
    if (place !== undefined) base.levels[place] = bytes
    base.peak = Math.max(base.peak, peakBytes)
  }
  return [...bases.values()].sort(
    (one, other) => (other.levels.at(-1) ?? 0) - (one.levels.at(-1) ?? 0) || other.peak - one.peak,
  )
}

/** The largest have a colour each, the rest share one. */
export function storageChart(
  histories: readonly BaseHistory[],
  starts: readonly number[],
  span: Span,
): ChartData {
  const few = histories.length <= SERIES_SHOWN
  const shown = few ? histories : histories.slice(0, SERIES_SHOWN - 1)
  const rest = histories.slice(shown.length)
  return {
    levels: true,
    columns: starts.map((start) => ({
      key: String(start),
      label: spanLabel(start, span),
      title: spanTitle(start, span),
    })),
    series: [
      ...shown.map(({ name, levels }) => ({ key: `base:${name}`, label: name, values: levels })),
      ...(few
        ? []
        : [
            {
              key: 'rest',
              label: `${rest.length} more`,
              values: starts.map((_, place) =>
                rest.reduce((sum, { levels }) => sum + (levels[place] ?? 0), 0),
              ),
              rest: true,
            },
          ]),
    ],
  }
}
