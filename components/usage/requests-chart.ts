import type { ChartColumn, ChartData } from '@/components/charts/chart-data'
import { type RequestRow, type RequestTotals, totalRequests } from '@/lib/usage/request-series'
import { type Span, spanStart } from '@/lib/usage/series'
import { daysOfSpan, type ShownSpans } from './time-bars'
import { usageQueryString } from './usage-view'
import { spanLabel, spanTitle } from './usage-words'

/** Requests of one span of time. */
export interface RequestSpan {
  start: number
  title: string
  /** The same tab for these days alone, which names the tokens of their calls. */
  href: string
  totals: RequestTotals
}

/** A row for each span of the range, also where nothing was asked. */
export function requestSpans(rows: readonly RequestRow[], shown: ShownSpans): RequestSpan[] {
  const { starts, span } = shown
  const bySpan = new Map<number, RequestRow[]>(starts.map((start) => [start, []]))
  for (const row of rows) bySpan.get(spanStart(row.bucket, span))?.push(row)
  return [...bySpan].map(([start, ofSpan]) => ({
    start,
    title: spanTitle(start, span),
    href: `?${usageQueryString({ ...daysOfSpan(start, shown), span: null }, { tab: 'requests' })}`,
    totals: totalRequests(ofSpan),
  }))
}

/** The same as bars; `marks` are the spans in which a billing period begins. */
export function requestChart(
  spans: readonly RequestSpan[],
  span: Span,
  marks: ReadonlySet<number>,
): ChartData {
  const columns: ChartColumn[] = spans.map(({ start, title, href }) => ({
    key: String(start),
    label: spanLabel(start, span),
    title,
    href,
    mark: marks.has(start) ? 'A billing period begins' : undefined,
  }))
  return {
    columns,
    series: [
      { key: 'API', label: 'API', values: spans.map(({ totals }) => totals.API.requests) },
      {
        key: 'CONNECTOR',
        label: 'Connectors',
        values: spans.map(({ totals }) => totals.CONNECTOR.requests),
      },
    ],
  }
}

/** "1.2%", or a dash where nothing was asked. */
export function failedShare({ requests, failed }: { requests: number; failed: number }): string {
  if (requests === 0) return '–'
  const percent = (failed / requests) * 100
  if (percent > 0 && percent < 0.1) return '< 0.1%'
  return `${percent.toFixed(failed === 0 ? 0 : 1)}%`
}

/** Both channels together. */
export function allRequests({ API, CONNECTOR }: RequestTotals) {
  return { requests: API.requests + CONNECTOR.requests, failed: API.failed + CONNECTOR.failed }
}
