import type { Context } from '@/lib/context'
import type { ModelRates } from '@/lib/model-pricing/rates'
import type { TokenCounts } from '@/lib/model-pricing/token-kinds'
import { PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX, type Page, type PageRequest } from '@/lib/paging'
import { nameFilter } from '@/lib/usage/name-filter'
import type { Origin } from '@/lib/usage/origin'
import { authorizeUsageReading, requireAnswerable } from '@/lib/usage/queries'
import type { UsageQuery } from '@/lib/usage/series'
import type { UsageEventKind } from '@/lib/usage/usage-event'

/** An event as it was counted. Times are epoch ms, money nano-USD. */
export interface CountedEvent {
  source: string
  id: string
  occurredAt: number
  receivedAt: number
  kind: UsageEventKind
  origin: Origin
  provider: string
  model: string
  agent: string
  revision: string
  environment: string
  tokens: TokenCounts
  /** Null where no price was known. */
  cost: { input: bigint; output: bigint } | null
  /** The price that it was counted at. */
  price: {
    id: string
    name: string
    source: string
    validFrom: number | null
    rates: ModelRates
  } | null
}

export type EventsRequest = Pick<UsageQuery, 'from' | 'to' | 'origin' | 'only'> &
  PageRequest & {
    /** Both where left out. */
    kind?: UsageEventKind | null | undefined
  }

/**
 * The events behind sums, newest first. Its cost goes by the page: it reads along the key. `totalCount` is how
 * many there are, from the sums.
 * @throws DomainError forbidden | invalid at /query/from, /query/to or /query/pageToken
 */
export async function listUsageEvents(
  ctx: Context,
  request: EventsRequest,
): Promise<Page<CountedEvent>> {
  authorizeUsageReading(ctx)
  const { from, to, origin, only, kind = null } = request
  requireAnswerable({ from, to, origin, only, interval: 'DAY', groupBy: [] }, ctx.now)
  const list = ['usage-events', ctx.organization.id, from, to, origin, only, kind]
  const cursor = ctx.crypto.pageTokens.open(list, request.pageToken)
  const size = Math.min(Math.max(request.pageSize || PAGE_SIZE_DEFAULT, 1), PAGE_SIZE_MAX)
  const [rows, totalCount] = await Promise.all([
    readRows(ctx, request, cursor, size + 1),
    countEvents(ctx, request),
  ])
  const last = rows.length > size ? rows[size - 1] : undefined
  return {
    items: rows.slice(0, size).map(toEvent),
    nextPageToken: last
      ? ctx.crypto.pageTokens.seal(list, [last.occurredAt, last.source, last.id])
      : '',
    totalCount,
  }
}

type EventRow = Omit<CountedEvent, 'tokens' | 'cost' | 'price'> & {
  tokens: Record<keyof TokenCounts, string>
  inputCost: string | null
  outputCost: string | null
  priceId: string | null
  priceName: string | null
  priceSource: string | null
  priceFrom: number | null
  rates: ModelRates | null
}

const EPOCH_MS = (column: string) => `(extract(epoch FROM ${column}) * 1000)::float8`

async function readRows(
  ctx: Context,
  { from, to, origin, only, kind = null }: EventsRequest,
  cursor: readonly (string | number)[] | null,
  limit: number,
): Promise<EventRow[]> {
  const filter = nameFilter(only, 8)
  const { rows } = await ctx.db.pool.query<EventRow>(
    `SELECT e.source, e.event_id AS id, ${EPOCH_MS('e.occurred_at')} AS "occurredAt",
       ${EPOCH_MS('e.received_at')} AS "receivedAt", e.kind, e.origin, e.provider, e.model, e.agent,
       e.revision, e.environment,
       jsonb_build_object('input', e.input, 'cacheRead', e.cache_read, 'cacheWrite', e.cache_write,
         'cacheWrite1h', e.cache_write_1h, 'inputAudio', e.input_audio, 'output', e.output,
         'reasoning', e.reasoning, 'outputAudio', e.output_audio) AS tokens,
       e.input_cost AS "inputCost", e.output_cost AS "outputCost", e.price_id AS "priceId",
       p.name AS "priceName", p.source AS "priceSource", p.rates,
       CASE WHEN isfinite(p.valid_from) THEN ${EPOCH_MS('p.valid_from')} END AS "priceFrom"
     FROM (
       SELECT * FROM usage.event
       WHERE organization_id = $1 AND occurred_at >= $2 AND occurred_at < $3
         AND ($4::text IS NULL OR origin = $4) AND ($8::text IS NULL OR kind = $8)
         -- The first bound says nothing new, but by it partitions after the page are left out.
         AND occurred_at <= $5 AND (occurred_at, source, event_id) < ($5, $6, $7) ${filter.sql}
       ORDER BY occurred_at DESC, source DESC, event_id DESC LIMIT ${limit}) AS e
     LEFT JOIN pricing.model_price p ON p.id = e.price_id
     ORDER BY e.occurred_at DESC, e.source DESC, e.event_id DESC`,
    [
      ctx.organization.id,
      new Date(from),
      new Date(to),
      origin,
      cursor ? new Date(Number(cursor[0])) : new Date(to),
      cursor ? String(cursor[1]) : '',
      cursor ? String(cursor[2]) : '',
      kind,
      ...filter.values,
    ],
  )
  return rows
}

const COUNTED = { MODEL_CALL: 'calls', EXECUTION: 'executions' } as const

async function countEvents(
  ctx: Context,
  { from, to, origin, only, kind }: EventsRequest,
): Promise<number> {
  const filter = nameFilter(only, 4)
  const { rows } = await ctx.db.pool.query<{ events: string }>(
    `SELECT coalesce(sum(${kind ? COUNTED[kind] : 'calls + executions'}), 0) AS events FROM usage.day
     WHERE organization_id = $1 AND bucket >= $2 AND bucket < $3 AND ($4::text IS NULL OR origin = $4)
       ${filter.sql}`,
    [ctx.organization.id, new Date(from), new Date(to), origin, ...filter.values],
  )
  return Number(rows[0]?.events ?? 0)
}

function toEvent({
  tokens,
  inputCost,
  outputCost,
  priceId,
  priceName,
  priceSource,
  priceFrom,
  rates,
  ...event
}: EventRow): CountedEvent {
  const priced = inputCost !== null && outputCost !== null
  return {
    ...event,
    tokens: Object.fromEntries(
      Object.entries(tokens).map(([kind, count]) => [kind, Number(count)]),
    ) as TokenCounts,
    cost: priced ? { input: BigInt(inputCost), output: BigInt(outputCost) } : null,
    price:
      priceId !== null && rates !== null
        ? {
            id: priceId,
            name: priceName ?? '',
            source: priceSource ?? '',
            validFrom: priceFrom,
            rates,
          }
        : null,
  }
}
