import { authorize } from '@/lib/access/authorize'
import type { Context } from '@/lib/context'
import type { UsageMeter } from '@/lib/usage/ingest'
import { RE_RATED_DAYS_MAX } from '@/lib/usage/re-rating-schema'

const DAY_MS = 86_400_000
const NAMED_AGENTS = 5

/** A model that calls used while nobody had said what it costs. Times are epoch ms. */
export interface UnpricedModel {
  provider: string
  model: string
  /** Calls without a price, ever; corrections that gave them one are taken off. */
  calls: number
  /** Of the calls: those of the last 35 days. */
  recentCalls: number
  /** Tokens of the days on which calls had no price, whatever the other calls of the day had. */
  tokens: number
  /** Some agents by name, '' where none was named, and how many there are. */
  agents: string[]
  agentCount: number
  /** Beginnings of UTC days. */
  firstDay: number
  lastDay: number
  /** It has a price by now: what was counted can be corrected. */
  isPriced: boolean
}

type Row = Omit<UnpricedModel, 'isPriced'>

/**
 * Models without a price by the calls of the last 35 days, the most used first, then older ones. What they
 * cost is unknown, which is not nothing.
 * @throws DomainError forbidden without prices:read
 */
export async function listUnpriced(
  ctx: Context,
  meter: Pick<UsageMeter, 'prices'>,
): Promise<UnpricedModel[]> {
  authorize(ctx.principal, 'prices:read')
  const today = Math.floor(ctx.now / DAY_MS) * DAY_MS
  const [book, { rows }] = await Promise.all([
    meter.prices.of(ctx.db, ctx.organization.id),
    ctx.db.pool.query<Row>(SELECT, [
      ctx.organization.id,
      new Date(today - (RE_RATED_DAYS_MAX - 1) * DAY_MS),
    ]),
  ])
  return rows.map((row) => ({
    ...row,
    isPriced: book.priceOf({ ...row, agent: '', occurredAt: ctx.now }) !== null,
  }))
}

/** It reads sums of days, so its cost goes by days and names. */
const SELECT = `
  SELECT provider, model, sum(unpriced_calls)::float8 AS calls,
    coalesce(sum(unpriced_calls) FILTER (WHERE bucket >= $2), 0)::float8 AS "recentCalls",
    sum(input + cache_read + cache_write + cache_write_1h + input_audio + output + reasoning + output_audio
      )::float8 AS tokens,
    (array_agg(DISTINCT agent))[1:${NAMED_AGENTS}] AS agents,
    count(DISTINCT agent)::int AS "agentCount",
    (extract(epoch FROM min(bucket)) * 1000)::float8 AS "firstDay",
    (extract(epoch FROM max(bucket)) * 1000)::float8 AS "lastDay"
  FROM usage.day WHERE organization_id = $1 AND unpriced_calls > 0
  GROUP BY provider, model ORDER BY "recentCalls" DESC, calls DESC, provider, model`
