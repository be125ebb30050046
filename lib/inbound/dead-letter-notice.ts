import type pg from 'pg'
import type { InstallationKeys } from '@/lib/context'
import { notify } from '@/lib/notifications/notify'
import type { Recipient } from '@/lib/notifications/recipients'

const HOUR_MS = 3_600_000

/** Tells the admins that a delivery was given up: once an hour for each endpoint, in the caller's transaction. */
export async function tellOfDeadDelivery(
  client: Pick<pg.PoolClient, 'query'>,
  { emailLinks }: Pick<InstallationKeys, 'emailLinks'>,
  delivery: { organizationId: string; webhookId: string; webhookName: string; deliveryId: string },
  outcome: string,
): Promise<void> {
  const { organizationId, webhookId, webhookName, deliveryId } = delivery
  const { rows } = await client.query<Recipient>(
    `SELECT user_id AS "userId", 'ADMIN' AS reason FROM memberships
     WHERE organization_id = $1 AND role = 'ADMIN'`,
    [organizationId],
  )
  const now = Date.now()
  await notify(client, emailLinks, {
    kind: 'delivery-dead',
    facts: { webhookId, webhookName, deliveryId, outcome, at: now },
    organizationId,
    recipients: rows,
    idempotencyKey: `delivery-dead/${webhookId}/${Math.floor(now / HOUR_MS)}`,
  })
}
