import type { Origin } from '@/lib/usage/usage-event'

export const DIMENSIONS = ['provider', 'model', 'agent', 'revision', 'environment'] as const
export type Dimension = (typeof DIMENSIONS)[number]

export const INTERVALS = ['HOUR', 'DAY'] as const
export type Interval = (typeof INTERVALS)[number]

export const INTERVAL_MS: Record<Interval, number> = { HOUR: 3_600_000, DAY: 86_400_000 }

/** Hours are kept for so long: longer ranges are read by days. */
export const HOURS_READABLE_DAYS = 35

export interface UsageQuery {
  /** Epoch ms, beginnings of UTC hours or days, as the interval has it; `to` is not in the range. */
  from: number
  to: number
  interval: Interval
  /** Both where null. */
  origin: Origin | null
  /** What is told apart, at most two; none gives one row an interval. */
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
  /** Epoch ms at which its hour or day begins. */
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

/** Every bucket of the range, in order, also those in which nothing happened. */
export function bucketsOf({ from, to, interval }: Pick<UsageQuery, 'from' | 'to' | 'interval'>) {
  const length = INTERVAL_MS[interval]
  return Array.from(
    { length: Math.max(Math.ceil((to - from) / length), 0) },
    (_, index) => from + index * length,
  )
}
