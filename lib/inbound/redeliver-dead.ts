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

/** What was given up at one endpoint. */
export interface DeadLetter {
  /** Can be sent again. */
  repeatable: number
  /** Cannot: their content is not kept any more. */
  trimmed: number
}

/** Nothing of an endpoint that is not there. @throws DomainError forbidden */
export async function countDeadLetter(
  ctx: Context,
  { webhookId }: { webhookId: string },
): Promise<DeadLetter> {
  authorizeInboundReading(ctx)
  const { rows } = await ctx.db.pool.query<DeadLetter>(
    `SELECT count(*) FILTER (WHERE body IS NOT NULL)::int AS repeatable,
       count(*) FILTER (WHERE body IS NULL)::int AS trimmed
     FROM inbound.delivery WHERE organization_id = $1 AND endpoint_id = $2 AND state = 'DEAD'`,
    [ctx.organization.id, webhookId],
  )
  return rows[0] ?? { repeatable: 0, trimmed: 0 }
}

/**
 * Fires everything again that an endpoint had given up when this began, oldest first and each as `redeliver` does; at
 * most REDELIVERED_MAX at one go. What fails meanwhile is not taken twice. Two at once share the work.
 * @returns how many are sent again, and how many are left that can be
 * @throws DomainError forbidden | not-found
 */
export async function redeliverDead(
  ctx: Context,
  { webhookId }: { webhookId: string },
): Promise<{ redelivered: number; remaining: number }> {
  authorizeInboundWriting(ctx)
  const { rows } = await ctx.db.pool.query<{ now: string }>('SELECT clock_timestamp()::text AS now')
  const until = rows[0]?.now ?? ''
  let redelivered = 0
  while (redelivered < REDELIVERED_MAX) {
    const most = Math.min(AT_ONCE, REDELIVERED_MAX - redelivered)
    const batch = await sqlTransaction(ctx.db.pool, (client) =>
      redeliverSome(client, ctx, { webhookId, until, most }),
    )
    if (batch > 0) await signalInbound(ctx.db.pool)
    redelivered += batch
    if (batch < most) break
  }
  return { redelivered, remaining: (await countDeadLetter(ctx, { webhookId })).repeatable }
}

async function redeliverSome(
  client: pg.PoolClient,
  ctx: Context,
  { webhookId, until, most }: { webhookId: string; until: string; most: number },
): Promise<number> {
  // Held: a pause either sees what is begun anew, or is seen here.
  const { rows } = await client.query<{ name: string; paused: boolean }>(
    `SELECT name, paused_at IS NOT NULL AS paused FROM inbound.endpoint
     WHERE organization_id = $1 AND id = $2 FOR SHARE`,
    [ctx.organization.id, webhookId],
  )
  const [webhook] = rows
  if (!webhook) throw notFound()
  const { rowCount } = await client.query(
    `WITH again AS MATERIALIZED (
       SELECT organization_id, id FROM inbound.delivery
       WHERE organization_id = $1 AND endpoint_id = $2 AND state = 'DEAD' AND body IS NOT NULL
         AND finished_at <= $3::timestamptz
       ORDER BY received_at LIMIT $4 FOR UPDATE SKIP LOCKED)
     UPDATE inbound.delivery d SET claim = NULL, tries = 0, finished_at = NULL,
       next_attempt_at = clock_timestamp(), state = $5
     FROM again WHERE d.organization_id = again.organization_id AND d.id = again.id`,
    [ctx.organization.id, webhookId, until, most, webhook.paused ? 'HELD' : 'WAITING'],
  )
  const deliveries = rowCount ?? 0
  if (deliveries > 0) {
    await appendAudit(client, ctx, {
      eventType: 'DEAD_LETTER_REPEATED',
      target: webhookTarget({ id: webhookId, name: webhook.name }),
      details: { deliveries },
    })
  }
  return deliveries
}
