import type { Context } from '@/lib/context'
import { invalid } from '@/lib/errors'
import type { Origin } from '@/lib/usage/origin'
import { authorizeUsageReading, readUsage } from '@/lib/usage/queries'
import { INTERVAL_MS, spanStart, type UsageRow } from '@/lib/usage/series'

export const SERIES_INTERVALS = ['HOUR', 'DAY', 'WEEK'] as const
export type SeriesInterval = (typeof SERIES_INTERVALS)[number]

export interface AgentSeriesRequest {
  agent: string
  /** Null: all revisions. */
  revision: string | null
  /** All where not told. */
  environment?: string | undefined
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
  request: AgentSeriesRequest,
): Promise<{ window: { from: number; to: number }; points: SeriesPoint[] }> {
  authorizeUsageReading(ctx)
  const { agent, revision, environment, interval, from, to, origin } = request
  if (from >= to) {
    throw invalid([{ pointer: '/query/to', detail: 'The range must end after its beginning.' }])
  }
  const window = { from: spanStart(from, interval), to: endOf(to, interval) }
  const rows = await readUsage(ctx, {
    ...window,
    interval: interval === 'HOUR' ? 'HOUR' : 'DAY',
    origin,
    per: interval,
    groupBy: [],
    only: {
      agent: [agent],
      ...(revision !== null && { revision: [revision] }),
      ...(environment !== undefined && { environment: [environment] }),
    },
  })
  return { window, points: rows.map(toPoint) }
}

function endOf(moment: number, interval: SeriesInterval): number {
  const beginning = spanStart(moment, interval)
  const length = interval === 'WEEK' ? 7 * INTERVAL_MS.DAY : INTERVAL_MS[interval]
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
