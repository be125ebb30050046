import type pg from 'pg'
import type { Webhook } from '@/lib/inbound/model'
import { EPOCH_MS, SECRET_FACTS } from '@/lib/inbound/secret-rows'

const SELECT = `
  SELECT e.id, e.name, e.provider, ${EPOCH_MS('e.paused_at')} AS "pausedAt",
    e.created_by_label AS "createdByLabel", ${EPOCH_MS('e.created_at')} AS "createdAt",
    ${EPOCH_MS('e.modified_at')} AS "modifiedAt",
    ${SECRET_FACTS('s.endpoint_id = e.id AND s.subscription_id IS NULL', 'e')} AS "providerSecret",
    coalesce((SELECT json_agg(json_build_object('subscriberType', p.subscriber_type, 'subscriberId', p.subscriber_id)
        ORDER BY p.created_at, p.id)
      FROM inbound.subscription p WHERE p.organization_id = e.organization_id AND p.endpoint_id = e.id
    ), '[]') AS subscribers
  FROM inbound.endpoint e WHERE e.organization_id = $1`

type Client = Pick<pg.Pool | pg.PoolClient, 'query'>

/** All endpoints of an organization, newest first; never a secret. */
export async function selectWebhooks(client: Client, organizationId: string): Promise<Webhook[]> {
  const { rows } = await client.query<Webhook>(`${SELECT} ORDER BY e.created_at DESC, e.id DESC`, [
    organizationId,
  ])
  return rows
}

export async function selectWebhook(
  client: Client,
  organizationId: string,
  webhookId: string,
): Promise<Webhook | undefined> {
  const { rows } = await client.query<Webhook>(`${SELECT} AND e.id = $2`, [
    organizationId,
    webhookId,
  ])
  return rows[0]
}
