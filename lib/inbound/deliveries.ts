import type { Context } from '@/lib/context'
import { notFound } from '@/lib/errors'
import { patternsOf } from '@/lib/inbound/event-filter'
import type {
  DeliveryDetail,
  DeliveryState,
  DeliverySummary,
  DispatchDetail,
} from '@/lib/inbound/model'
import { authorizeInboundReading } from '@/lib/inbound/queries'
import { EPOCH_MS } from '@/lib/inbound/secret-rows'
import { selectWebhook } from '@/lib/inbound/webhook-rows'
import { PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX, type Page, type PageRequest } from '@/lib/paging'

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

const FROM = `FROM inbound.delivery d JOIN inbound.endpoint e
  ON e.organization_id = d.organization_id AND e.id = d.endpoint_id`

/** What of them is asked for: $1 … $4. Patterns are those of lib/inbound/event-filter.ts. */
const WHERE = `d.organization_id = $1 AND ($2::uuid IS NULL OR d.endpoint_id = $2)
  AND ($3::text[] IS NULL OR EXISTS (SELECT 1 FROM unnest($3::text[]) AS pattern
    WHERE CASE WHEN right(pattern, 1) = '*' THEN starts_with(d.event_type, left(pattern, -1))
      ELSE d.event_type = pattern END))
  AND ($4::text IS NULL OR d.state = $4)`

export interface DeliveryFilter {
  state?: DeliveryState | undefined
  webhookId?: string | undefined
  /** Types in the form of a subscription's filter. */
  event?: string | undefined
}

function parametersOf(ctx: Context, { state, webhookId, event }: DeliveryFilter) {
  const patterns = patternsOf(event)
  return [
    ctx.organization.id,
    webhookId ?? null,
    patterns.length === 0 ? null : patterns,
    state ?? null,
  ] as const
}

/**
 * What came in, newest first.
 * @throws DomainError forbidden | not-found where the endpoint is | invalid at /query/pageToken
 */
export async function listInboundDeliveries(
  ctx: Context,
  { state, webhookId, event, ...request }: PageRequest & DeliveryFilter,
): Promise<Page<DeliverySummary>> {
  authorizeInboundReading(ctx)
  const filter = parametersOf(ctx, { state, webhookId, event })
  const list = ['inbound-deliveries', ...filter.map((part) => part && String(part))]
  const cursor = ctx.crypto.pageTokens.open(list, request.pageToken)
  const size = Math.min(Math.max(request.pageSize || PAGE_SIZE_DEFAULT, 1), PAGE_SIZE_MAX)
  const [{ rows }, total, webhook] = await Promise.all([
    ctx.db.pool.query<DeliverySummary>(
      `SELECT ${COLUMNS}, ${DISPATCHES(false)} ${FROM} WHERE ${WHERE} AND ($5::float8 IS NULL
         OR (d.received_at, d.id) < (to_timestamp($5::float8 / 1000), $6::uuid))
       ORDER BY d.received_at DESC, d.id DESC LIMIT $7`,
      [...filter, cursor?.[0] ?? null, cursor?.[1] ?? null, size + 1],
    ),
    ctx.db.pool.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM inbound.delivery d WHERE ${WHERE}`,
      [...filter],
    ),
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

/** How many there are of each state; of one endpoint or of all, and of some types. @throws DomainError forbidden */
export async function countInboundDeliveries(
  ctx: Context,
  { webhookId, event }: Omit<DeliveryFilter, 'state'>,
): Promise<Partial<Record<DeliveryState, number>>> {
  authorizeInboundReading(ctx)
  const { rows } = await ctx.db.pool.query<{ state: DeliveryState; count: number }>(
    `SELECT d.state, count(*)::int AS count FROM inbound.delivery d WHERE ${WHERE} GROUP BY d.state`,
    [...parametersOf(ctx, { webhookId, event })],
  )
  return Object.fromEntries(rows.map(({ state, count }) => [state, count]))
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
     ${FROM} WHERE d.organization_id = $1 AND d.id = $2 AND ($4::uuid IS NULL OR d.endpoint_id = $4)`,
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
