import type pg from 'pg'
import type { Context } from '@/lib/context'
import { newId } from '@/lib/ids'

/** Signing secrets: of an endpoint the one of its sender, of a subscription the one of its receiver. */

export const EPOCH_MS = (sql: string) => `(extract(epoch FROM ${sql}) * 1000)::float8`

/** When the present one was made and until when the one before is good. @param which condition on `s` @param of alias with the organization */
export const SECRET_FACTS = (which: string, of: string) => `(
  SELECT json_build_object('createdAt', max(${EPOCH_MS('s.created_at')}) FILTER (WHERE s.expires_at IS NULL),
    'formerUntil', max(${EPOCH_MS('s.expires_at')}) FILTER (WHERE s.expires_at > clock_timestamp()))
  FROM inbound.secret s WHERE s.organization_id = ${of}.organization_id AND ${which}
  HAVING bool_or(s.expires_at IS NULL))`

/** Those that are good now, newest first, sealed. @param which condition on `s` @param of alias with the organization */
export const GOOD_SECRETS = (which: string, of: string) => `coalesce((
  SELECT json_agg(json_build_object('id', s.id, 'sealed', encode(s.sealed, 'base64'))
    ORDER BY s.created_at DESC, s.id DESC)
  FROM inbound.secret s WHERE s.organization_id = ${of}.organization_id AND ${which}
    AND (s.expires_at IS NULL OR s.expires_at > clock_timestamp())), '[]')`

export interface SecretOwner {
  webhookId: string
  /** Null: the secret of the sender. */
  subscriptionId: string | null
}

export async function insertSecret(
  client: pg.PoolClient,
  ctx: Context,
  { webhookId, subscriptionId }: SecretOwner,
  secret: string,
): Promise<void> {
  const id = newId()
  await client.query(
    `INSERT INTO inbound.secret (organization_id, endpoint_id, id, purpose, subscription_id, sealed, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, clock_timestamp())`,
    [
      ctx.organization.id,
      webhookId,
      id,
      subscriptionId === null ? 'PROVIDER' : 'FORWARD',
      subscriptionId,
      ctx.crypto.webhookSecrets.seal(id, secret),
    ],
  )
}

/** Of more than two the oldest ends: an overlap is for changing over, not for collecting. */
export async function replaceSecret(
  client: pg.PoolClient,
  ctx: Context,
  owner: SecretOwner,
  { secret, overlapHours }: { secret: string; overlapHours: number },
): Promise<void> {
  const of = [ctx.organization.id, owner.webhookId, owner.subscriptionId]
  const where =
    'organization_id = $1 AND endpoint_id = $2 AND subscription_id IS NOT DISTINCT FROM $3::uuid'
  await client.query(
    `DELETE FROM inbound.secret WHERE ${where} AND (expires_at IS NOT NULL OR $4::int = 0)`,
    [...of, overlapHours],
  )
  await client.query(
    `UPDATE inbound.secret SET expires_at = clock_timestamp() + make_interval(hours => $4) WHERE ${where}`,
    [...of, overlapHours],
  )
  await insertSecret(client, ctx, owner, secret)
}
