import type pg from 'pg'
import type { Webhook } from '@/lib/inbound/model'

const EPOCH_MS = (sql: string) => `(extract(epoch FROM ${sql}) * 1000)::float8`

const SECRET = (purpose: string) => `(
  SELECT json_build_object('createdAt', ${EPOCH_MS('s.created_at')}, 'formerUntil', (
    SELECT ${EPOCH_MS('max(f.expires_at)')} FROM inbound.secret f WHERE f.organization_id = e.organization_id
      AND f.endpoint_id = e.id AND f.purpose = s.purpose AND f.expires_at > clock_timestamp()))
  FROM inbound.secret s WHERE s.organization_id = e.organization_id AND s.endpoint_id = e.id
    AND s.purpose = '${purpose}' AND s.expires_at IS NULL)`

const SELECT = `
  SELECT e.id, e.name, e.provider, e.target, ${EPOCH_MS('e.paused_at')} AS "pausedAt",
    e.created_by_label AS "createdByLabel", ${EPOCH_MS('e.created_at')} AS "createdAt",
    ${EPOCH_MS('e.modified_at')} AS "modifiedAt", ${SECRET('PROVIDER')} AS "providerSecret",
    ${SECRET('FORWARD')} AS "forwardSecret"
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
