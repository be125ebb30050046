import type { Pool } from 'pg'
import { newId } from '@/lib/ids'
import type { DispatchState, WebhookProvider } from '@/lib/inbound/model'
import { WebhookSecretSealer } from '@/lib/inbound/secret-sealer'
import { newSigningSecret } from '@/lib/inbound/signatures'

export interface WebhookRow {
  organizationId: string
  /** Of its first receiver. */
  url: string
  provider?: WebhookProvider
  providerSecret?: string
  paused?: boolean
}

interface SecretRow {
  organizationId: string
  webhookId: string
  subscriptionId: string | null
  secret: string
}

/** Writes an endpoint with one receiver past the product. @returns its id */
export async function insertWebhookRow(
  pool: Pick<Pool, 'query'>,
  authSecret: string,
  { organizationId, url, provider = 'GENERIC', providerSecret, paused = false }: WebhookRow,
): Promise<string> {
  const webhookId = newId()
  await pool.query(
    `INSERT INTO inbound.endpoint (organization_id, id, name, provider, paused_at, created_by_label, created_at,
       modified_at)
     VALUES ($1, $2, 'Orders', $3, CASE WHEN $4 THEN now() END, 'Test', now(), now())`,
    [organizationId, webhookId, provider, paused],
  )
  if (providerSecret !== undefined) {
    const row = { organizationId, webhookId, subscriptionId: null, secret: providerSecret }
    await insertSecretRow(pool, authSecret, row)
  }
  await insertReceiverRow(pool, authSecret, { organizationId, webhookId, url })
  return webhookId
}

/** Writes one more receiver of an endpoint past the product. @returns the id of its subscription */
export async function insertReceiverRow(
  pool: Pick<Pool, 'query'>,
  authSecret: string,
  row: { organizationId: string; webhookId: string; url: string; eventFilter?: string },
): Promise<string> {
  const { organizationId, webhookId } = row
  const subscriptionId = newId()
  await pool.query(
    `INSERT INTO inbound.subscription (organization_id, endpoint_id, id, subscriber_type, subscriber_id, config,
       event_filter, created_by_label, created_at, modified_at)
     VALUES ($1, $2, $3, 'HTTP', 'receiver ' || right($3::uuid::text, 4), $4, $5, 'Test', now(), now())`,
    [
      organizationId,
      webhookId,
      subscriptionId,
      JSON.stringify({ url: row.url }),
      row.eventFilter ?? null,
    ],
  )
  const secret = newSigningSecret()
  await insertSecretRow(pool, authSecret, { organizationId, webhookId, subscriptionId, secret })
  return subscriptionId
}

async function insertSecretRow(
  pool: Pick<Pool, 'query'>,
  authSecret: string,
  { organizationId, webhookId, subscriptionId, secret }: SecretRow,
): Promise<void> {
  const secretId = newId()
  await pool.query(
    `INSERT INTO inbound.secret (organization_id, endpoint_id, id, purpose, subscription_id, sealed, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, now())`,
    [
      organizationId,
      webhookId,
      secretId,
      subscriptionId === null ? 'PROVIDER' : 'FORWARD',
      subscriptionId,
      new WebhookSecretSealer(authSecret).seal(secretId, secret),
    ],
  )
}

/** Writes a delivery for every subscriber of an endpoint past the product. @returns its id */
export async function insertDeliveryRow(
  pool: Pick<Pool, 'query'>,
  row: { organizationId: string; webhookId: string; state?: DispatchState },
): Promise<string> {
  const id = newId()
  await pool.query(
    `INSERT INTO inbound.delivery (organization_id, id, endpoint_id, delivery_key, key_source, body_digest,
       carrier, sender, event_type, content_type, headers, body, body_bytes, received_at)
     VALUES ($1, $2, $3, 'id:' || $2::uuid, 'HEADER', $4, 'BEARER', 'Test', 'order.paid', 'application/json', '{}',
       '{}', 2, now())`,
    [row.organizationId, id, row.webhookId, Buffer.alloc(32)],
  )
  await pool.query(
    `INSERT INTO inbound.dispatch (organization_id, delivery_id, subscription_id, endpoint_id, subscriber_type,
       subscriber_id, state, next_attempt_at, finished_at)
     SELECT organization_id, $2, id, endpoint_id, subscriber_type, subscriber_id, $4, now(),
       CASE WHEN $4::text IN ('DEAD', 'DELIVERED') THEN now() END
     FROM inbound.subscription WHERE organization_id = $1 AND endpoint_id = $3`,
    [row.organizationId, id, row.webhookId, row.state ?? 'HELD'],
  )
  return id
}
