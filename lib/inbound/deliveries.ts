import type { Context } from '@/lib/context'
import { notFound } from '@/lib/errors'
import {
  type DeliveryFilter,
  type DeliverySource,
  deliveryQuery,
  NEWEST_FIRST,
} from '@/lib/inbound/delivery-source'
import {
  DELIVERY_STATES,
  type DeliveryDetail,
  type DeliveryState,
  type DeliverySummary,
  type DispatchDetail,
} from '@/lib/inbound/model'
import { authorizeInboundReading } from '@/lib/inbound/queries'
import { EPOCH_MS } from '@/lib/inbound/secret-rows'
import { selectWebhook } from '@/lib/inbound/webhook-rows'
import {
  COUNTED_TO,
  PAGE_SIZE_DEFAULT,
  PAGE_SIZE_MAX,
  type Page,
  type PageRequest,
} from '@/lib/paging'

/** What of a body a page shows, in bytes. */
const PREVIEW_BYTES = 64 * 1024

const ATTEMPTS = `coalesce((
  SELECT json_agg(json_build_object('number', a.number, 'startedAt', ${EPOCH_MS('a.started_at')},
    'durationMs', a.duration_ms, 'succeeded', a.succeeded, 'status', a.status, 'outcome', a.outcome)
    ORDER BY a.number DESC)
  FROM inbound.attempt a WHERE a.organization_id = p.organization_id AND a.delivery_id = p.delivery_id
    AND a.subscription_id = p.subscription_id), '[]')`

/** @param log whether each comes with its attempts */
const DISPATCHES = (log: boolean) => `coalesce((
  SELECT json_agg(json_build_object('subscriptionId', p.subscription_id, 'subscriberType', p.subscriber_type,
    'subscriberId', p.subscriber_id, 'removed', s.id IS NULL, 'state', p.state, 'attempts', p.attempts,
    'outcome', p.outcome,
    'nextAttemptAt', CASE WHEN p.state = 'WAITING' THEN ${EPOCH_MS('p.next_attempt_at')} END,
    'finishedAt', ${EPOCH_MS('p.finished_at')}${log ? `, 'log', ${ATTEMPTS}` : ''})
    ORDER BY s.created_at NULLS LAST, p.subscription_id)
  FROM inbound.dispatch p LEFT JOIN inbound.subscription s
    ON s.organization_id = p.organization_id AND s.id = p.subscription_id
  WHERE p.organization_id = d.organization_id AND p.delivery_id = d.id), '[]') AS dispatches`

const COLUMNS = `d.id, d.endpoint_id AS "webhookId", e.name AS "webhookName", e.provider,
  d.event_type AS "eventType", d.state, ${EPOCH_MS('d.received_at')} AS "receivedAt", d.body_bytes AS size`

const WITH_ENDPOINT = `JOIN inbound.endpoint e ON e.organization_id = d.organization_id AND e.id = d.endpoint_id`

/** What came in, without its content. */
const SUMMARY =
  'd.organization_id, d.id, d.endpoint_id, d.event_type, d.state, d.received_at, d.body_bytes'

const countOf = (source: DeliverySource) =>
  `SELECT count(*)::int FROM (
     SELECT 1 FROM (${source('1', '', `${COUNTED_TO}`)}) of_each LIMIT ${COUNTED_TO}
   ) counted`

/**
 * What came in, newest first; `totalCount` ends at `COUNTED_TO`.
 * @throws DomainError forbidden | not-found where the endpoint is | invalid at /query/pageToken
 */
export async function listInboundDeliveries(
  ctx: Context,
  { state, webhookId, event, ...request }: PageRequest & DeliveryFilter,
): Promise<Page<DeliverySummary>> {
  authorizeInboundReading(ctx)
  const { values, source } = deliveryQuery(ctx.organization.id, { state, webhookId, event })
  const list = ['inbound-deliveries', ...values.map((part) => part && String(part))]
  const cursor = ctx.crypto.pageTokens.open(list, request.pageToken)
  const size = Math.min(Math.max(request.pageSize || PAGE_SIZE_DEFAULT, 1), PAGE_SIZE_MAX)
  const newest = source(
    SUMMARY,
    'AND ($5::float8 IS NULL OR (d.received_at, d.id) < (to_timestamp($5::float8 / 1000), $6::uuid))',
    '$7',
  )
  const [{ rows }, total, webhook] = await Promise.all([
    ctx.db.pool.query<DeliverySummary>(
      `SELECT ${COLUMNS}, ${DISPATCHES(false)} FROM (
         SELECT * FROM (${newest}) d ORDER BY ${NEWEST_FIRST} LIMIT $7
       ) d ${WITH_ENDPOINT} ORDER BY ${NEWEST_FIRST}`,
      [...values, cursor?.[0] ?? null, cursor?.[1] ?? null, size + 1],
    ),
    ctx.db.pool.query<{ count: number }>(countOf(source), [...values]),
    webhookId ? selectWebhook(ctx.db.pool, ctx.organization.id, webhookId) : null,
  ])
  if (webhook === undefined) throw notFound()
  const last = rows.length > size ? rows[size - 1] : undefined
  return {
    items: rows.slice(0, size),
    nextPageToken: last ? ctx.crypto.pageTokens.seal(list, [last.receivedAt, last.id]) : '',
    totalCount: total.rows[0]?.count ?? 0,
  }
}

/**
 * How many there are of each state, each counted to `COUNTED_TO`; of one endpoint or of all, and of some types.
 * @throws DomainError forbidden
 */
export async function countInboundDeliveries(
  ctx: Context,
  of: Omit<DeliveryFilter, 'state'>,
): Promise<Partial<Record<DeliveryState, number>>> {
  authorizeInboundReading(ctx)
  const counts = await Promise.all(
    DELIVERY_STATES.map(async (state) => {
      const { values, source } = deliveryQuery(ctx.organization.id, { ...of, state })
      const { rows } = await ctx.db.pool.query<{ count: number }>(countOf(source), [...values])
      return [state, rows[0]?.count ?? 0] as const
    }),
  )
  return Object.fromEntries(counts.filter(([, count]) => count > 0))
}

type DetailRow = Omit<DeliveryDetail, 'text' | 'cut' | 'trimmed'> & {
  preview: Buffer | null
  dispatches: DispatchDetail[]
}

/**
 * One of them, with what of its body is text, what became of it at each subscriber, and every attempt.
 * @param input with an endpoint: not found where it came in by another
 * @throws DomainError forbidden | not-found
 */
export async function getInboundDelivery(
  ctx: Context,
  input: { deliveryId: string; webhookId?: string },
): Promise<DeliveryDetail> {
  authorizeInboundReading(ctx)
  const { rows } = await ctx.db.pool.query<DetailRow>(
    `SELECT ${COLUMNS}, ${DISPATCHES(true)}, d.delivery_key AS "deliveryKey", d.key_source AS "keySource",
       d.carrier, d.sender, d.content_type AS "contentType", d.headers, d.copies,
       substring(d.body FROM 1 FOR $3) AS preview
     FROM inbound.delivery d ${WITH_ENDPOINT} WHERE d.organization_id = $1 AND d.id = $2 AND ($4::uuid IS NULL OR d.endpoint_id = $4)`,
    [ctx.organization.id, input.deliveryId, PREVIEW_BYTES, input.webhookId ?? null],
  )
  const [row] = rows
  if (!row) throw notFound()
  const { preview, ...detail } = row
  return {
    ...detail,
    text: preview && textOf(preview, preview.length < detail.size),
    cut: preview !== null && preview.length < detail.size,
    trimmed: preview === null,
  }
}

/** Null for what is no text. Where it was cut, a character may have been too. */
function textOf(bytes: Buffer, cut: boolean): string | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: cut })
    return text.includes('\0') ? null : text
  } catch {
    return null
  }
}
