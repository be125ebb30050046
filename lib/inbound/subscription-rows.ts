import type pg from 'pg'
import { actorOf } from '@/lib/access/principal'
import type { Context } from '@/lib/context'
import { newId } from '@/lib/ids'
import type { Subscriber, Subscription } from '@/lib/inbound/model'
import { EPOCH_MS, insertSecret, SECRET_FACTS } from '@/lib/inbound/secret-rows'
import { newSigningSecret } from '@/lib/inbound/signatures'

const SELECT = `
  SELECT p.id, p.endpoint_id AS "webhookId", p.subscriber_type AS "subscriberType",
    p.subscriber_id AS "subscriberId", p.event_filter AS "eventFilter", p.config,
    ${EPOCH_MS('p.paused_at')} AS "pausedAt", p.created_by_label AS "createdByLabel",
    ${EPOCH_MS('p.created_at')} AS "createdAt", ${EPOCH_MS('p.modified_at')} AS "modifiedAt",
    ${SECRET_FACTS('s.subscription_id = p.id', 'p')} AS "signingSecret"
  FROM inbound.subscription p WHERE p.organization_id = $1 AND p.endpoint_id = $2`

type Client = Pick<pg.Pool | pg.PoolClient, 'query'>

/** Of one endpoint, the first one first; never a secret. */
export async function selectSubscriptions(
  client: Client,
  organizationId: string,
  webhookId: string,
): Promise<Subscription[]> {
  const { rows } = await client.query<Subscription>(`${SELECT} ORDER BY p.created_at, p.id`, [
    organizationId,
    webhookId,
  ])
  return rows
}

export async function selectSubscription(
  client: Client,
  organizationId: string,
  { webhookId, subscriptionId }: { webhookId: string; subscriptionId: string },
): Promise<Subscription | undefined> {
  const { rows } = await client.query<Subscription>(`${SELECT} AND p.id = $3`, [
    organizationId,
    webhookId,
    subscriptionId,
  ])
  return rows[0]
}

export interface NewSubscription extends Subscriber {
  webhookId: string
  eventFilter: string | null
  config: Subscription['config']
}

/** Writes one down, with a secret of its own where it is forwarded to. @returns its id, and the secret this once */
export async function insertSubscription(
  client: pg.PoolClient,
  ctx: Context,
  { webhookId, subscriberType, subscriberId, eventFilter, config }: NewSubscription,
): Promise<{ id: string; signingSecret: string | null }> {
  const id = newId()
  await client.query(
    `INSERT INTO inbound.subscription (organization_id, endpoint_id, id, subscriber_type, subscriber_id, config,
       event_filter, created_by_label, created_at, modified_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, clock_timestamp(), clock_timestamp())`,
    [
      ctx.organization.id,
      webhookId,
      id,
      subscriberType,
      subscriberId,
      JSON.stringify(config),
      eventFilter,
      actorOf(ctx.principal).label,
    ],
  )
  if (subscriberType === 'AGENT') return { id, signingSecret: null }
  const signingSecret = newSigningSecret()
  await insertSecret(client, ctx, { webhookId, subscriptionId: id }, signingSecret)
  return { id, signingSecret }
}
