import type pg from 'pg'
import { appendAudit } from '@/lib/audit/append'
import type { Context } from '@/lib/context'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import { DomainError, notFound } from '@/lib/errors'
import { authorizeInboundWriting, webhookTarget } from '@/lib/inbound/commands'
import type { DeliveryState } from '@/lib/inbound/model'
import { signalInbound } from '@/lib/inbound/signal'

export interface Redelivery {
  deliveryId: string
  /** Not found where it came in by another. */
  webhookId?: string
  /** Of this subscriber alone; all that are left take it else. */
  subscriptionId?: string | undefined
}

/**
 * Fires a delivery again, from its first try on and under the id it always had: who has had it may leave it. What waits
 * for its next try is fired now, what is under way is left to itself. Where it is paused, it is held. Whoever did not
 * take it when it came in does not take it now.
 * @throws DomainError forbidden | not-found | conflict `content_trimmed` | conflict `no_subscriber` | conflict
 *   `delivery_under_way`
 */
export async function redeliver(ctx: Context, input: Redelivery): Promise<void> {
  authorizeInboundWriting(ctx)
  await sqlTransaction(ctx.db.pool, async (client) => {
    const dispatches = await lockedDispatches(client, ctx, input)
    const delivery = await lockedDelivery(client, ctx, input)
    if (input.subscriptionId !== undefined && dispatches.length === 0) throw notFound()
    const again = requireRepeatable(delivery, dispatches)
    await client.query(
      `UPDATE inbound.dispatch d SET claim = NULL, tries = 0, finished_at = NULL,
         next_attempt_at = clock_timestamp(),
         state = CASE WHEN coalesce(p.paused_at, e.paused_at) IS NULL THEN 'WAITING' ELSE 'HELD' END
       FROM inbound.subscription p JOIN inbound.endpoint e
         ON e.organization_id = p.organization_id AND e.id = p.endpoint_id
       WHERE d.organization_id = $1 AND d.delivery_id = $2 AND d.subscription_id = ANY ($3::uuid[])
         AND p.organization_id = d.organization_id AND p.id = d.subscription_id`,
      [ctx.organization.id, input.deliveryId, again.map(({ subscriptionId }) => subscriptionId)],
    )
    const [only] = again
    await appendAudit(client, ctx, {
      eventType: 'DELIVERY_REPEATED',
      target: webhookTarget({ id: delivery.webhookId, name: delivery.webhookName }),
      details: {
        delivery: input.deliveryId,
        stateBefore: delivery.state.toLowerCase(),
        ...(input.subscriptionId !== undefined && { subscriber: only?.subscriberId }),
      },
    })
  })
  await signalInbound(ctx.db.pool)
}

interface DispatchRow {
  subscriptionId: string
  subscriberId: string
  underWay: boolean
  removed: boolean
}

/** Before the delivery, as whoever writes an attempt down takes them. The endpoint is held against pauses. */
async function lockedDispatches(
  client: pg.PoolClient,
  ctx: Context,
  { deliveryId, subscriptionId }: Redelivery,
): Promise<DispatchRow[]> {
  const of = [ctx.organization.id, deliveryId]
  await client.query(
    `SELECT 1 FROM inbound.endpoint e WHERE e.organization_id = $1 AND e.id =
       (SELECT endpoint_id FROM inbound.delivery WHERE organization_id = $1 AND id = $2) FOR SHARE`,
    of,
  )
  const { rows } = await client.query<DispatchRow>(
    `SELECT d.subscription_id AS "subscriptionId", d.subscriber_id AS "subscriberId", p.id IS NULL AS removed,
       d.claim IS NOT NULL AND d.state = 'WAITING' AND d.next_attempt_at > clock_timestamp() AS "underWay"
     FROM inbound.dispatch d LEFT JOIN inbound.subscription p
       ON p.organization_id = d.organization_id AND p.id = d.subscription_id
     WHERE d.organization_id = $1 AND d.delivery_id = $2 AND ($3::uuid IS NULL OR d.subscription_id = $3)
     ORDER BY d.subscription_id FOR UPDATE OF d`,
    [...of, subscriptionId ?? null],
  )
  return rows
}

interface DeliveryRow {
  state: DeliveryState
  hasBody: boolean
  webhookId: string
  webhookName: string
}

async function lockedDelivery(
  client: pg.PoolClient,
  ctx: Context,
  { deliveryId, webhookId }: Redelivery,
): Promise<DeliveryRow> {
  const { rows } = await client.query<DeliveryRow>(
    `SELECT d.state, d.body IS NOT NULL AS "hasBody", d.endpoint_id AS "webhookId", e.name AS "webhookName"
     FROM inbound.delivery d JOIN inbound.endpoint e
       ON e.organization_id = d.organization_id AND e.id = d.endpoint_id
     WHERE d.organization_id = $1 AND d.id = $2 AND ($3::uuid IS NULL OR d.endpoint_id = $3)
     FOR NO KEY UPDATE OF d`,
    [ctx.organization.id, deliveryId, webhookId ?? null],
  )
  const [row] = rows
  if (!row) throw notFound()
  return row
}

function requireRepeatable({ hasBody }: DeliveryRow, dispatches: DispatchRow[]): DispatchRow[] {
  if (!hasBody) {
    throw new DomainError(
      'conflict',
      'content_trimmed',
      'Its content is not kept any more, so it cannot be sent again. Ask the sender to.',
    )
  }
  const left = dispatches.filter(({ removed }) => !removed)
  if (left.length === 0) {
    throw new DomainError(
      'conflict',
      'no_subscriber',
      'Nobody who took it subscribes any more, so there is nobody to send it to.',
    )
  }
  const again = left.filter(({ underWay }) => !underWay)
  if (again.length === 0) {
    throw new DomainError('conflict', 'delivery_under_way', 'It is being sent at this moment.')
  }
  return again
}
