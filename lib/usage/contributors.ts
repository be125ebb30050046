import type { Context } from '@/lib/context'
import type { Comparison } from '@/lib/usage/comparison'
import { authorizeUsageReading, readUsage } from '@/lib/usage/queries'
import { INTERVAL_MS, type UsageQuery, type UsageRow } from '@/lib/usage/series'
import { type DayCost, type UnusualDay, unusualDays } from '@/lib/usage/unusual-days'

/** An agent on a model, and what it cost; nano-USD. */
export interface Contributor {
  agent: string
  provider: string
  model: string
  cost: bigint
  /** In the days that are compared with. */
  before: bigint
}

type Choice = Pick<UsageQuery, 'origin' | 'only'>

/**
 * Who costs what in the days of a comparison, dearest first, with what it cost before.
 * @throws DomainError forbidden | invalid
 */
export async function readContributors(
  ctx: Context,
  { now, before }: Comparison,
  choice: Choice,
): Promise<Contributor[]> {
  authorizeUsageReading(ctx)
  const read = async (range: Comparison['now']) => {
    const rows = await readUsage(ctx, {
      ...choice,
      ...range,
      interval: 'DAY',
      per: 'RANGE',
      groupBy: ['agent', 'provider', 'model'],
    })
    return new Map(rows.map((row) => [row.names.join('\u0000'), row]))
  }
  const [these, those] = await Promise.all([read(now), read(before)])
  return [...new Set([...these.keys(), ...those.keys()])]
    .map((key) => {
      const [agent = '', provider = '', model = ''] = key.split('\u0000')
      return {
        agent,
        provider,
        model,
        cost: costOf(these.get(key)),
        before: costOf(those.get(key)),
      }
    })
    .filter(({ cost, before }) => cost !== 0n || before !== 0n)
    .sort((one, other) => Number(other.cost - one.cost))
}

/** A day on which a model cost far more than usual, and the agents that made it so. */
export interface UnusualUsage extends Omit<UnusualDay, 'key'> {
  provider: string
  model: string
  /** Those who cost more than usual, the largest difference first. */
  agents: { agent: string; cost: bigint; usual: bigint }[]
}

/** Looked at: the last whole days, so many. */
const DAYS_LOOKED_AT = 7
const DAYS_BEFORE = 28
const AGENTS_NAMED = 3

/**
 * Unusual days of the last week, by model. It reads five weeks of daily sums.
 * @throws DomainError forbidden
 */
export async function readUnusualUsage(ctx: Context, choice: Choice): Promise<UnusualUsage[]> {
  authorizeUsageReading(ctx)
  const today = Math.floor(ctx.now / INTERVAL_MS.DAY) * INTERVAL_MS.DAY
  const range = { from: today - DAYS_LOOKED_AT * INTERVAL_MS.DAY, to: today }
  const rows = await readUsage(ctx, {
    ...choice,
    from: range.from - DAYS_BEFORE * INTERVAL_MS.DAY,
    to: range.to,
    interval: 'DAY',
    groupBy: ['provider', 'model', 'agent'],
  })
  const found = unusualDays(
    rows.map((row) => dayCost(row, row.names.slice(0, 2).join('\u0000'))),
    range,
  )
  return found.map(({ key, ...day }) => {
    const [provider = '', model = ''] = key.split('\u0000')
    const ofModel = rows.filter(({ names }) => names[0] === provider && names[1] === model)
    return { ...day, provider, model, agents: agentsBehind(ofModel, day.day) }
  })
}

function agentsBehind(rows: readonly UsageRow[], day: number): UnusualUsage['agents'] {
  const costs = rows.map((row) => dayCost(row, row.names[2] ?? ''))
  // No floor and no deviations here: who made the day dear is asked, not whether it was.
  const weeks = [1, 2, 3, 4].map((week) => day - week * 7 * INTERVAL_MS.DAY)
  return [...new Set(costs.map(({ key }) => key))]
    .map((agent) => {
      const on = (when: number) =>
        costs.find(({ key, day: at }) => key === agent && at === when)?.cost ?? 0n
      const sorted = weeks.map(on).sort((one, other) => Number(one - other))
      return { agent, cost: on(day), usual: ((sorted[1] ?? 0n) + (sorted[2] ?? 0n)) / 2n }
    })
    .filter(({ cost, usual }) => cost > usual)
    .sort((one, other) => Number(other.cost - other.usual - (one.cost - one.usual)))
    .slice(0, AGENTS_NAMED)
}

function dayCost(row: UsageRow, key: string): DayCost {
  return { day: row.bucket, key, cost: costOf(row) }
}

function costOf(row: UsageRow | undefined): bigint {
  return row ? row.inputCost + row.outputCost : 0n
}
