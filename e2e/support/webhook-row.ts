import type { Pool } from 'pg'
import { newId } from '@/lib/ids'
import type { DeliveryState, WebhookProvider } from '@/lib/inbound/model'
import { WebhookSecretSealer } from '@/lib/inbound/secret-sealer'
import { newSigningSecret } from '@/lib/inbound/signatures'

export interface WebhookRow {
  organizationId: string
  url: string
  provider?: WebhookProvider
  providerSecret?: string
  paused?: boolean
}

/** Writes an endpoint past the product. @returns its id */
export async function insertWebhookRow(
  pool: Pick<Pool, 'query'>,
  authSecret: string,
  { organizationId, url, provider = 'GENERIC', providerSecret, paused = false }: WebhookRow,
): Promise<string> {
  const id = newId()
  await pool.query(
    `INSERT INTO inbound.endpoint (organization_id, id, name, provider, target_kind, target, paused_at,
       created_by_label, created_at, modified_at)
     VALUES ($1, $2, 'Orders', $3, 'HTTP', $4, CASE WHEN $5 THEN now() END, 'Test', now(), now())`,
    [organizationId, id, provider, JSON.stringify({ kind: 'HTTP', url }), paused],
  )
  const sealer = new WebhookSecretSealer(authSecret)
  const secrets = {
    FORWARD: newSigningSecret(),
    ...(providerSecret && { PROVIDER: providerSecret }),
  }
  for (const [purpose, secret] of Object.entries(secrets)) {
    const secretId = newId()
    await pool.query(
      `INSERT INTO inbound.secret (organization_id, endpoint_id, id, purpose, sealed, created_at)
       VALUES ($1, $2, $3, $4, $5, now())`,
      [organizationId, id, secretId, purpose, sealer.seal(secretId, secret)],
    )
  }
  return id
}

/** Writes a delivery past the product. @returns its id */
export async function insertDeliveryRow(
  pool: Pick<Pool, 'query'>,
  row: { organizationId: string; webhookId: string; state?: DeliveryState },
): Promise<string> {
  const id = newId()
  await pool.query(
    `INSERT INTO inbound.delivery (organization_id, id, endpoint_id, delivery_key, key_source, body_digest,
       carrier, sender, event_type, content_type, headers, body, body_bytes, received_at, state,
       next_attempt_at, finished_at)
     VALUES ($1, $2, $3, 'id:' || $2::uuid, 'HEADER', $5, 'BEARER', 'Test', 'order.paid', 'application/json', '{}',
       '{}', 2, now(), $4, now(), CASE WHEN $4::text IN ('DEAD', 'DELIVERED') THEN now() END)`,
    [row.organizationId, id, row.webhookId, row.state ?? 'HELD', Buffer.alloc(32)],
  )
  return id
}
