import type pg from 'pg'
import type { Context } from '@/lib/context'

/**
 * Makes what waits at an endpoint agree with its pauses, in the caller's transaction, which holds the endpoint: held is
 * what is of a paused endpoint or of a paused subscription. What is under way keeps its claim.
 */
export async function holdOrRelease(
  client: pg.PoolClient,
  ctx: Context,
  webhookId: string,
): Promise<void> {
  await client.query(
    `UPDATE inbound.dispatch d SET state = wanted.state,
       next_attempt_at = CASE WHEN wanted.state = 'WAITING' AND d.claim IS NULL THEN clock_timestamp()
         ELSE d.next_attempt_at END
     FROM (
       SELECT p.id, CASE WHEN e.paused_at IS NULL AND p.paused_at IS NULL THEN 'WAITING' ELSE 'HELD' END AS state
       FROM inbound.endpoint e JOIN inbound.subscription p
         ON p.organization_id = e.organization_id AND p.endpoint_id = e.id
       WHERE e.organization_id = $1 AND e.id = $2) wanted
     WHERE d.organization_id = $1 AND d.endpoint_id = $2 AND d.subscription_id = wanted.id
       AND d.state IN ('WAITING', 'HELD') AND d.state <> wanted.state`,
    [ctx.organization.id, webhookId],
  )
}
