import type pg from 'pg'
import { appendAudit } from '@/lib/audit/append'
import type { Context } from '@/lib/context'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import { notFound } from '@/lib/errors'
import { authorizeInboundWriting, webhookTarget } from '@/lib/inbound/commands'
import { REDELIVERED_MAX } from '@/lib/inbound/limits'
import { authorizeInboundReading } from '@/lib/inbound/queries'
import { signalInbound } from '@/lib/inbound/signal'

/** Changed by one transaction, so that none of them takes long. */
const AT_ONCE = 1000

/** What was given up at one endpoint, or at one of its subscribers. */
export interface DeadLetter {
  /** Can be sent again; a delivery counts for each subscriber that did not take it. */
  repeatable: number
  /** Cannot: their content is not kept any more. */
  trimmed: number
}

interface Where {
  webhookId: string
  /** Of this subscriber alone. */
  subscriptionId?: string | undefined
}

/** Nothing of an endpoint that is not there. @throws DomainError forbidden */
export async function countDeadLetter(ctx: Context, input: Where): Promise<DeadLetter> {
  authorizeInboundReading(ctx)
  const { rows } = await ctx.db.pool.query<DeadLetter>(
    `SELECT count(*) FILTER (WHERE d.body IS NOT NULL)::int AS repeatable,
       count(*) FILTER (WHERE d.body IS NULL)::int AS trimmed
     FROM inbound.dispatch p JOIN inbound.delivery d ON d.organization_id = p.organization_id AND d.id = p.delivery_id
     WHERE p.organization_id = $1 AND p.endpoint_id = $2 AND p.state = 'DEAD'
       AND ($3::uuid IS NULL OR p.subscription_id = $3)`,
    [ctx.organization.id, input.webhookId, input.subscriptionId ?? null],
  )
  return rows[0] ?? { repeatable: 0, trimmed: 0 }
}

/**
 * Fires everything again that an endpoint, or one of its subscribers, had given up when this began, oldest first and each
 * as `redeliver` does; at most REDELIVERED_MAX at one go. What fails meanwhile is not taken twice. Two at once share the
 * work.
 * @returns how many are sent again, and how many are left that can be
 * @throws DomainError forbidden | not-found
 */
export async function redeliverDead(
  ctx: Context,
  input: Where,
): Promise<{ redelivered: number; remaining: number }> {
  authorizeInboundWriting(ctx)
  const { rows } = await ctx.db.pool.query<{ now: string }>('SELECT clock_timestamp()::text AS now')
  const until = rows[0]?.now ?? ''
  let redelivered = 0
  while (redelivered < REDELIVERED_MAX) {
    const most = Math.min(AT_ONCE, REDELIVERED_MAX - redelivered)
    const batch = await sqlTransaction(ctx.db.pool, (client) =>
      redeliverSome(client, ctx, { ...input, until, most }),
    )
    if (batch > 0) await signalInbound(ctx.db.pool)
    redelivered += batch
    if (batch < most) break
  }
  return { redelivered, remaining: (await countDeadLetter(ctx, input)).repeatable }
}

async function redeliverSome(
  client: pg.PoolClient,
  ctx: Context,
  { webhookId, subscriptionId, until, most }: Where & { until: string; most: number },
): Promise<number> {
  const webhook = await heldEndpoint(client, ctx, { webhookId, subscriptionId })
  const { rowCount } = await client.query(
    `WITH again AS MATERIALIZED (
       SELECT p.organization_id, p.delivery_id, p.subscription_id, s.paused_at
       FROM inbound.dispatch p
         JOIN inbound.delivery d ON d.organization_id = p.organization_id AND d.id = p.delivery_id
         JOIN inbound.subscription s ON s.organization_id = p.organization_id AND s.id = p.subscription_id
       WHERE p.organization_id = $1 AND p.endpoint_id = $2 AND p.state = 'DEAD' AND d.body IS NOT NULL
         AND p.finished_at <= $3::timestamptz AND ($4::uuid IS NULL OR p.subscription_id = $4)
       ORDER BY p.delivery_id, p.subscription_id LIMIT $5 FOR UPDATE OF p, d SKIP LOCKED)
     UPDATE inbound.dispatch p SET claim = NULL, tries = 0, finished_at = NULL,
       next_attempt_at = clock_timestamp(),
       state = CASE WHEN $6 OR again.paused_at IS NOT NULL THEN 'HELD' ELSE 'WAITING' END
     FROM again WHERE p.organization_id = again.organization_id AND p.delivery_id = again.delivery_id
       AND p.subscription_id = again.subscription_id`,
    [ctx.organization.id, webhookId, until, subscriptionId ?? null, most, webhook.paused],
  )
  const deliveries = rowCount ?? 0
  if (deliveries > 0) {
    await appendAudit(client, ctx, {
      eventType: 'DEAD_LETTER_REPEATED',
      target: webhookTarget({ id: webhookId, name: webhook.name }),
      details: {
        deliveries,
        ...(webhook.subscriber !== null && { subscriber: webhook.subscriber }),
      },
    })
  }
  return deliveries
}

interface HeldEndpoint {
  name: string
  paused: boolean
  /** Where one is asked for. */
  subscriber: string | null
}

/**
 * Held: a pause either sees what is begun anew, or is seen here. One batch of an endpoint at a time, so that two of them
 * never wait for each other's deliveries. @throws DomainError not-found
 */
async function heldEndpoint(
  client: pg.PoolClient,
  ctx: Context,
  { webhookId, subscriptionId }: Where,
): Promise<HeldEndpoint> {
  await client.query(`SELECT pg_advisory_xact_lock(hashtext('inbound.dead'), hashtext($1))`, [
    webhookId,
  ])
  const { rows } = await client.query<HeldEndpoint>(
    `SELECT e.name, e.paused_at IS NOT NULL AS paused,
       (SELECT subscriber_id FROM inbound.subscription s WHERE s.organization_id = e.organization_id
          AND s.endpoint_id = e.id AND s.id = $3) AS subscriber
     FROM inbound.endpoint e WHERE e.organization_id = $1 AND e.id = $2 FOR SHARE`,
    [ctx.organization.id, webhookId, subscriptionId ?? null],
  )
  const [webhook] = rows
  if (!webhook || (subscriptionId !== undefined && webhook.subscriber === null)) throw notFound()
  return webhook
}
