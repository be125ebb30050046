import type { Origin } from '@/lib/usage/origin'

export const DIMENSIONS = ['provider', 'model', 'agent', 'revision', 'environment'] as const
export type Dimension = (typeof DIMENSIONS)[number]

export const INTERVALS = ['HOUR', 'DAY'] as const
export type Interval = (typeof INTERVALS)[number]

export const INTERVAL_MS: Record<Interval, number> = { HOUR: 3_600_000, DAY: 86_400_000 }

const WEEK_MS = 7 * INTERVAL_MS.DAY
/** 1 January 1970 was a Thursday. */
const FIRST_MONDAY_MS = 4 * INTERVAL_MS.DAY

/** What rows are summed over; weeks begin on Monday (ISO 8601). */
export const SPANS = ['HOUR', 'DAY', 'WEEK', 'MONTH', 'RANGE'] as const
export type Span = (typeof SPANS)[number]

/** As many days can be read at once. */
export const DAYS_MAX = 800

/** Hours are kept for so long: longer ranges are read by days. */
export const HOURS_READABLE_DAYS = 35

export interface UsageQuery {
  /** Epoch ms, beginnings of UTC hours or days, as the interval has it; `to` is not in the range. */
  from: number
  to: number
  /** What the sums are read from. */
  interval: Interval
  /** What rows are summed over; the interval unless told. */
  per?: Span | undefined
  /** Both where null. */
  origin: Origin | null
  /** What is told apart, at most three; none gives one row a span. */
  groupBy: readonly Dimension[]
  /** Only these names. */
  only: Partial<Record<Dimension, readonly string[]>>
}

/** Sums; money is nano-USD, exact. */
export interface UsageSums {
  /** Runs of agents: they have no provider and no model, and cost what their calls cost. */
  executions: number
  calls: number
  /** Of the calls: those whose model has no known price. Their tokens are counted, their cost is not. */
  unpricedCalls: number
  input: number
  cacheRead: number
  cacheWrite: number
  cacheWrite1h: number
  inputAudio: number
  output: number
  reasoning: number
  outputAudio: number
  inputCost: bigint
  outputCost: bigint
}

export interface UsageRow extends UsageSums {
  /** Epoch ms at which its span begins; a week or month may begin before the range. */
  bucket: number
  /** In the order of `groupBy`; '' where the program named none. */
  names: string[]
}

export const NO_USAGE: UsageSums = {
  executions: 0,
  calls: 0,
  unpricedCalls: 0,
  input: 0,
  cacheRead: 0,
  cacheWrite: 0,
  cacheWrite1h: 0,
  inputAudio: 0,
  output: 0,
  reasoning: 0,
  outputAudio: 0,
  inputCost: 0n,
  outputCost: 0n,
}

/** The sum of rows: the total of a chart is the total of its table and of its download. */
export function totalOf(rows: readonly UsageSums[]): UsageSums {
  const total = { ...NO_USAGE }
  for (const row of rows) {
    for (const key of COUNTS) total[key] += row[key]
    total.inputCost += row.inputCost
    total.outputCost += row.outputCost
  }
  return total
}

const COUNTS = [
  'executions',
  'calls',
  'unpricedCalls',
  'input',
  'cacheRead',
  'cacheWrite',
  'cacheWrite1h',
  'inputAudio',
  'output',
  'reasoning',
  'outputAudio',
] as const

/** Every span of the range by its beginning, in order, also those in which nothing happened. */
export function bucketsOf({
  from,
  to,
  interval,
  per = interval,
}: Pick<UsageQuery, 'from' | 'to' | 'interval' | 'per'>): number[] {
  const starts: number[] = []
  for (let start = spanStart(from, per); start < to; start = nextSpan(start, to, per))
    starts.push(start)
  return starts
}

/** The beginning of the span that the moment is in; of `RANGE` the moment itself. */
export function spanStart(moment: number, span: Span): number {
  if (span === 'RANGE') return moment
  if (span === 'MONTH') {
    const at = new Date(moment)
    return Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), 1)
  }
  if (span === 'WEEK')
    return Math.floor((moment - FIRST_MONDAY_MS) / WEEK_MS) * WEEK_MS + FIRST_MONDAY_MS
  return Math.floor(moment / INTERVAL_MS[span]) * INTERVAL_MS[span]
}

function nextSpan(start: number, to: number, span: Span): number {
  if (span === 'RANGE') return to
  if (span === 'MONTH') return spanStart(start + 31 * INTERVAL_MS.DAY, 'MONTH')
  return start + (span === 'WEEK' ? WEEK_MS : INTERVAL_MS[span])
}

/** The names that model calls of the rows have, each dimension's in order; runs of agents have no model. */
export function distinctNames<Name extends Dimension>(
  rows: readonly UsageRow[],
  groupBy: readonly Name[],
): Record<Name, string[]> {
  return Object.fromEntries(
    groupBy.map((dimension, place) => [
      dimension,
      [
        ...new Set(rows.flatMap(({ calls, names }) => (calls > 0 ? (names[place] ?? '') : []))),
      ].sort((one, other) => one.localeCompare(other)),
    ]),
  ) as Record<Name, string[]>
}
