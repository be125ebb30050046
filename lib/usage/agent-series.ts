import type { Context } from '@/lib/context'
import { invalid } from '@/lib/errors'
import { authorizeUsageReading, readUsage } from '@/lib/usage/queries'
import { INTERVAL_MS, type UsageRow } from '@/lib/usage/series'
import type { Origin } from '@/lib/usage/usage-event'

export const SERIES_INTERVALS = ['HOUR', 'DAY', 'WEEK'] as const
export type SeriesInterval = (typeof SERIES_INTERVALS)[number]

const WEEK_MS = 7 * INTERVAL_MS.DAY
/** 1 January 1970 was a Thursday; weeks begin on Monday (ISO 8601). */
const FIRST_MONDAY_MS = 4 * INTERVAL_MS.DAY

export interface AgentSeriesRequest {
  agent: string
  /** Null: all revisions. */
  revision: string | null
  interval: SeriesInterval
  /** Epoch ms; the intervals that the range touches are read whole. */
  from: number
  to: number
  origin: Origin | null
}

/** Sums of one interval; money is nano-USD. */
export interface SeriesPoint {
  /** Epoch ms at which it begins. */
  bucket: number
  executions: number
  calls: number
  inputTokens: number
  outputTokens: number
  inputCost: bigint
  outputCost: bigint
}

/**
 * What an agent used over time, in order, without the intervals in which it used nothing.
 * @throws DomainError forbidden | invalid at /query/from, /query/to or /query/interval
 */
export async function readAgentSeries(
  ctx: Context,
  { agent, revision, interval, from, to, origin }: AgentSeriesRequest,
): Promise<{ window: { from: number; to: number }; points: SeriesPoint[] }> {
  authorizeUsageReading(ctx)
  if (from >= to) {
    throw invalid([{ pointer: '/query/to', detail: 'The range must end after its beginning.' }])
  }
  const window = { from: beginningOf(from, interval), to: endOf(to, interval) }
  const rows = await readUsage(ctx, {
    ...window,
    interval: interval === 'HOUR' ? 'HOUR' : 'DAY',
    origin,
    groupBy: [],
    only: { agent: [agent], ...(revision !== null && { revision: [revision] }) },
  })
  return { window, points: interval === 'WEEK' ? byWeek(rows.map(toPoint)) : rows.map(toPoint) }
}

/** The beginning of the interval that the moment is in. */
export function beginningOf(moment: number, interval: SeriesInterval): number {
  if (interval !== 'WEEK') return Math.floor(moment / INTERVAL_MS[interval]) * INTERVAL_MS[interval]
  return Math.floor((moment - FIRST_MONDAY_MS) / WEEK_MS) * WEEK_MS + FIRST_MONDAY_MS
}

function endOf(moment: number, interval: SeriesInterval): number {
  const beginning = beginningOf(moment, interval)
  const length = interval === 'WEEK' ? WEEK_MS : INTERVAL_MS[interval]
  return beginning === moment ? moment : beginning + length
}

function toPoint(row: UsageRow): SeriesPoint {
  return {
    bucket: row.bucket,
    executions: row.executions,
    calls: row.calls,
    inputTokens: row.input + row.cacheRead + row.cacheWrite + row.cacheWrite1h + row.inputAudio,
    outputTokens: row.output + row.reasoning + row.outputAudio,
    inputCost: row.inputCost,
    outputCost: row.outputCost,
  }
}

function byWeek(days: readonly SeriesPoint[]): SeriesPoint[] {
  const weeks = new Map<number, SeriesPoint>()
  for (const day of days) {
    const bucket = beginningOf(day.bucket, 'WEEK')
    const week = weeks.get(bucket)
    weeks.set(bucket, week ? plus(week, day) : { ...day, bucket })
  }
  return [...weeks.values()]
}

function plus(one: SeriesPoint, other: SeriesPoint): SeriesPoint {
  return {
    bucket: one.bucket,
    executions: one.executions + other.executions,
    calls: one.calls + other.calls,
    inputTokens: one.inputTokens + other.inputTokens,
    outputTokens: one.outputTokens + other.outputTokens,
    inputCost: one.inputCost + other.inputCost,
    outputCost: one.outputCost + other.outputCost,
  }
}
