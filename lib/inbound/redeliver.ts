import { appendAudit } from '@/lib/audit/append'
import type { Context } from '@/lib/context'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import { DomainError, notFound } from '@/lib/errors'
import { authorizeInboundWriting } from '@/lib/inbound/commands'
import type { DeliveryState } from '@/lib/inbound/model'
import { signalInbound } from '@/lib/inbound/signal'

/**
 * Fires a delivery again, from its first try on and under the id it always had: who has had it may leave it. What
 * waits for its next try is fired now. At a paused endpoint it is held.
 * @param input with an endpoint: not found where it came in by another
 * @throws DomainError forbidden | not-found | conflict `content_trimmed` | conflict `delivery_under_way`
 */
export async function redeliver(
  ctx: Context,
  input: { deliveryId: string; webhookId?: string },
): Promise<void> {
  authorizeInboundWriting(ctx)
  await sqlTransaction(ctx.db.pool, async (client) => {
    const { rows } = await client.query<Row>(
      `SELECT d.state, d.body IS NOT NULL AS "hasBody", d.claim IS NOT NULL AND d.state = 'WAITING'
           AND d.next_attempt_at > clock_timestamp() AS "underWay",
         d.endpoint_id AS "webhookId", e.name AS "webhookName"
       FROM inbound.delivery d JOIN inbound.endpoint e
         ON e.organization_id = d.organization_id AND e.id = d.endpoint_id
       WHERE d.organization_id = $1 AND d.id = $2 AND ($3::uuid IS NULL OR d.endpoint_id = $3)
       FOR UPDATE OF d FOR SHARE OF e`,
      [ctx.organization.id, input.deliveryId, input.webhookId ?? null],
    )
    const [row] = rows
    if (!row) throw notFound()
    requireRepeatable(row)
    await client.query(
      `UPDATE inbound.delivery d SET claim = NULL, tries = 0, finished_at = NULL,
         next_attempt_at = clock_timestamp(),
         state = CASE WHEN e.paused_at IS NULL THEN 'WAITING' ELSE 'HELD' END
       FROM inbound.endpoint e WHERE d.organization_id = $1 AND d.id = $2
         AND e.organization_id = d.organization_id AND e.id = d.endpoint_id`,
      [ctx.organization.id, input.deliveryId],
    )
    await appendAudit(client, ctx, {
      eventType: 'DELIVERY_REPEATED',
      target: { type: 'webhook', id: row.webhookId, label: row.webhookName, familyId: null },
      details: { delivery: input.deliveryId, stateBefore: row.state.toLowerCase() },
    })
  })
  await signalInbound(ctx.db.pool)
}

interface Row {
  state: DeliveryState
  hasBody: boolean
  underWay: boolean
  webhookId: string
  webhookName: string
}

function requireRepeatable({ hasBody, underWay }: Row): void {
  if (!hasBody) {
    throw new DomainError(
      'conflict',
      'content_trimmed',
      'Its content is not kept any more, so it cannot be sent again. Ask the sender to.',
    )
  }
  if (underWay) {
    throw new DomainError('conflict', 'delivery_under_way', 'It is being sent at this moment.')
  }
}
