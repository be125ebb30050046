import type { Dataset } from '@/bench/dataset'
import { median, number, table } from '@/bench/statistics'
import { DAYS_FILLED, fillUsage } from '@/bench/usage-fill'
import type { Context } from '@/lib/context'
import { newId } from '@/lib/ids'
import { readUsage } from '@/lib/usage/queries'
import { recount } from '@/lib/usage/recount'
import type { Dimension, Interval } from '@/lib/usage/series'

const DAY_MS = 86_400_000
const TRIES_A_ROUND = 5

interface Chart {
  interval: Interval
  by: Dimension
  days: number
}

const CHARTS: readonly Chart[] = [
  { interval: 'DAY', by: 'model', days: 30 },
  { interval: 'DAY', by: 'agent', days: 30 },
  { interval: 'DAY', by: 'model', days: DAYS_FILLED },
  { interval: 'DAY', by: 'agent', days: DAYS_FILLED },
  { interval: 'HOUR', by: 'model', days: 30 },
]

/** The same charts of an organization with few and of one with many events, in turn, in one database. */
export async function measureUsageQueries(
  dataset: Dataset,
  extent: { rounds: number; few: number; many: number },
): Promise<void> {
  const { pool } = dataset.db
  const few = contextOf(dataset, newId())
  const many = contextOf(dataset, newId())
  for (const [ctx, events] of [
    [few, extent.few],
    [many, extent.many],
  ] as const) {
    const startedAt = performance.now()
    await fillUsage(pool, ctx.organization.id, events)
    console.log(
      `${number(events)} events written in ${number((performance.now() - startedAt) / 1000)} s`,
    )
  }
  // What autovacuum does within a minute; waiting for it would make the run depend on its clock.
  for (const name of ['event', 'hour', 'day', 'token_day']) {
    await pool.query(`VACUUM (ANALYZE) usage.${name}`)
  }
  console.log('')
  const rows: string[][] = []
  for (const chart of CHARTS) {
    const times: { few: number[]; many: number[] } = { few: [], many: [] }
    for (let round = 0; round <= extent.rounds; round++) {
      const [ofFew, ofMany] = [await timeOf(few, chart), await timeOf(many, chart)]
      // The first round warms up.
      if (round === 0) continue
      times.few.push(ofFew)
      times.many.push(ofMany)
    }
    rows.push([
      `${chart.interval.toLowerCase()} × ${chart.by}, ${chart.days} days`,
      number((await read(many, chart)).length),
      number(median(times.few), 2),
      number(median(times.many), 2),
      number(median(times.many) / median(times.few), 2),
    ])
  }
  console.log(
    table(
      ['chart', 'rows', `ms at ${number(extent.few)}`, `ms at ${number(extent.many)}`, 'ratio'],
      rows,
    ),
  )
  const { events, differences } = await recount(pool, few.organization.id, new Date(0))
  console.log(
    `\nRecount of the smaller one: ${number(events)} events, ${differences} differences\n`,
  )
}

function contextOf(dataset: Dataset, organizationId: string): Context {
  const ctx = dataset.context()
  return { ...ctx, organization: { ...ctx.organization, id: organizationId } }
}

/** The median of a few, in ms. */
async function timeOf(ctx: Context, chart: Chart): Promise<number> {
  const times: number[] = []
  for (let count = 0; count < TRIES_A_ROUND; count++) {
    const startedAt = performance.now()
    await read(ctx, chart)
    times.push(performance.now() - startedAt)
  }
  return median(times)
}

function read(ctx: Context, { interval, by, days }: Chart) {
  const to = (Math.floor(ctx.now / DAY_MS) + 1) * DAY_MS
  const range = { from: to - days * DAY_MS, to }
  return readUsage(ctx, { ...range, interval, origin: null, groupBy: [by], only: {} })
}
