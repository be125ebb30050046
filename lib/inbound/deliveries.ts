import type { Context } from '@/lib/context'
import { notFound } from '@/lib/errors'
import type {
  DeliveryAttempt,
  DeliveryDetail,
  DeliveryState,
  DeliverySummary,
} from '@/lib/inbound/model'
import { authorizeInboundReading } from '@/lib/inbound/queries'
import { selectWebhook } from '@/lib/inbound/webhook-rows'
import { PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX, type Page, type PageRequest } from '@/lib/paging'

/** What of a body a page shows, in bytes. */
const PREVIEW_BYTES = 64 * 1024

const EPOCH_MS = (sql: string) => `(extract(epoch FROM ${sql}) * 1000)::float8`

const COLUMNS = `d.id, d.endpoint_id AS "webhookId", e.name AS "webhookName", e.provider,
  d.event_type AS "eventType", d.state, ${EPOCH_MS('d.received_at')} AS "receivedAt",
  d.body_bytes AS size, d.attempts, d.outcome,
  CASE WHEN d.state = 'WAITING' THEN ${EPOCH_MS('d.next_attempt_at')} END AS "nextAttemptAt",
  ${EPOCH_MS('d.finished_at')} AS "finishedAt"`

const FROM = `FROM inbound.delivery d JOIN inbound.endpoint e
  ON e.organization_id = d.organization_id AND e.id = d.endpoint_id`

export interface DeliveryFilter {
  state?: DeliveryState | undefined
  webhookId?: string | undefined
}

/**
 * What came in, newest first.
 * @throws DomainError forbidden | not-found where the endpoint is | invalid at /query/pageToken
 */
export async function listInboundDeliveries(
  ctx: Context,
  { state, webhookId, ...request }: PageRequest & DeliveryFilter,
): Promise<Page<DeliverySummary>> {
  authorizeInboundReading(ctx)
  const filter = [ctx.organization.id, state ?? null, webhookId ?? null]
  const list = ['inbound-deliveries', ...filter]
  const cursor = ctx.crypto.pageTokens.open(list, request.pageToken)
  const size = Math.min(Math.max(request.pageSize || PAGE_SIZE_DEFAULT, 1), PAGE_SIZE_MAX)
  const where = `d.organization_id = $1 AND ($2::text IS NULL OR d.state = $2)
    AND ($3::uuid IS NULL OR d.endpoint_id = $3)`
  const [{ rows }, total, webhook] = await Promise.all([
    ctx.db.pool.query<DeliverySummary>(
      `SELECT ${COLUMNS} ${FROM} WHERE ${where} AND ($4::float8 IS NULL
         OR (d.received_at, d.id) < (to_timestamp($4::float8 / 1000), $5::uuid))
       ORDER BY d.received_at DESC, d.id DESC LIMIT $6`,
      [...filter, cursor?.[0] ?? null, cursor?.[1] ?? null, size + 1],
    ),
    ctx.db.pool.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM inbound.delivery d WHERE ${where}`,
      filter,
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

/** How many there are of each state; of one endpoint, or of all. @throws DomainError forbidden */
export async function countInboundDeliveries(
  ctx: Context,
  { webhookId }: { webhookId?: string | undefined },
): Promise<Partial<Record<DeliveryState, number>>> {
  authorizeInboundReading(ctx)
  const { rows } = await ctx.db.pool.query<{ state: DeliveryState; count: number }>(
    `SELECT state, count(*)::int AS count FROM inbound.delivery
     WHERE organization_id = $1 AND ($2::uuid IS NULL OR endpoint_id = $2) GROUP BY state`,
    [ctx.organization.id, webhookId ?? null],
  )
  return Object.fromEntries(rows.map(({ state, count }) => [state, count]))
}

type DetailRow = Omit<DeliveryDetail, 'text' | 'cut' | 'trimmed' | 'log'> & {
  preview: Buffer | null
  log: DeliveryAttempt[] | null
}

/**
 * One of them, with what of its body is text and every attempt.
 * @param input with an endpoint: not found where it came in by another
 * @throws DomainError forbidden | not-found
 */
export async function getInboundDelivery(
  ctx: Context,
  input: { deliveryId: string; webhookId?: string },
): Promise<DeliveryDetail> {
  authorizeInboundReading(ctx)
  const { rows } = await ctx.db.pool.query<DetailRow>(
    `SELECT ${COLUMNS}, d.delivery_key AS "deliveryKey", d.key_source AS "keySource", d.carrier, d.sender,
       d.content_type AS "contentType", d.headers, d.copies, substring(d.body FROM 1 FOR $3) AS preview,
       (SELECT json_agg(json_build_object('number', a.number, 'startedAt', ${EPOCH_MS('a.started_at')},
          'durationMs', a.duration_ms, 'succeeded', a.succeeded, 'status', a.status,
          'outcome', a.outcome) ORDER BY a.number DESC)
        FROM inbound.attempt a WHERE a.organization_id = d.organization_id AND a.delivery_id = d.id) AS log
     ${FROM} WHERE d.organization_id = $1 AND d.id = $2 AND ($4::uuid IS NULL OR d.endpoint_id = $4)`,
    [ctx.organization.id, input.deliveryId, PREVIEW_BYTES, input.webhookId ?? null],
  )
  const [row] = rows
  if (!row) throw notFound()
  const { preview, log, ...detail } = row
  return {
    ...detail,
    text: preview && textOf(preview, preview.length < detail.size),
    cut: preview !== null && preview.length < detail.size,
    trimmed: preview === null,
    log: log ?? [],
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
