import type pg from 'pg'
import type { InstallationKeys, OrganizationContext } from '@/lib/context'
import { newId } from '@/lib/ids'
import { webhookTarget } from '@/lib/inbound/commands'
import { newSigningSecret } from '@/lib/inbound/signatures'
import { subscriberFacts } from '@/lib/inbound/subscriber-rules'
import { DAY_MS } from '@/lib/tokens/model'
import type { PastEvent } from '@/prisma/seed/history'
import { insertDelivery } from '@/prisma/seed/inbound-deliveries'
import { DEMO_WEBHOOKS, type DemoReceiver, type DemoWebhook } from '@/prisma/seed/inbound-webhooks'
import { personOf } from '@/prisma/seed/person-of'

type Sealers = Pick<InstallationKeys, 'webhookSecrets'>

/**
 * Endpoints of a demo organization and what came in by them. All of it is finished: nothing of a demo is forwarded to
 * anybody. @returns what belongs into the audit trail
 */
export async function seedInbound(
  client: pg.PoolClient,
  crypto: Sealers,
  organization: OrganizationContext,
  now: number,
): Promise<PastEvent[]> {
  const events: PastEvent[] = []
  for (const webhook of DEMO_WEBHOOKS[organization.slug] ?? []) {
    const actor = await personOf(client, webhook.by)
    const id = newId()
    const at = now - webhook.createdAgo * DAY_MS
    const made = { ...webhook, id, at, by: actor.label }
    await insertWebhook(client, crypto, organization.id, made)
    const receivers = []
    for (const [index, receiver] of webhook.receivers.entries()) {
      const own = { ...receiver, at: at + index * DAY_MS }
      receivers.push(await insertReceiver(client, crypto, organization.id, { ...made, ...own }))
    }
    for (const delivery of webhook.deliveries) {
      await insertDelivery(client, organization.id, { ...webhook, id, receivers }, delivery, now)
    }
    const target = webhookTarget({ id, name: webhook.name })
    const { provider } = webhook
    const [first, ...others] = webhook.receivers.map(factsOf)
    events.push(
      { at, actor, eventType: 'WEBHOOK_CREATED', target, details: { provider, ...first } },
      ...others.map((details, index) => ({
        ...{ at: at + (index + 1) * DAY_MS, actor, target, details },
        eventType: 'WEBHOOK_SUBSCRIBER_ADDED' as const,
      })),
      {
        at: at + 90_000,
        actor,
        eventType: 'WEBHOOK_SECRET_ROTATED',
        target,
        details: { secretOf: 'what comes in', madeBy: 'the sender', overlapHours: 0 },
      },
    )
  }
  return events
}

function factsOf({ name, url, eventFilter }: DemoReceiver) {
  const subscription = { subscriberType: 'HTTP' as const, subscriberId: name }
  return subscriberFacts({ ...subscription, config: { url }, eventFilter })
}

type Placed<Row> = Row & { id: string; at: number; by: string }

async function insertWebhook(
  client: pg.PoolClient,
  crypto: Sealers,
  organizationId: string,
  { id, name, provider, by, at }: Placed<DemoWebhook>,
): Promise<void> {
  await client.query(
    `INSERT INTO inbound.endpoint (organization_id, id, name, provider, created_by_label, created_at, modified_at)
     VALUES ($1, $2, $3, $4, $5, $6, $6)`,
    [organizationId, id, name, provider, by, new Date(at)],
  )
  await insertSecret(client, crypto, organizationId, { webhookId: id, subscriptionId: null, at })
}

/** A receiver of the endpoint. @returns what its dispatches need of it */
async function insertReceiver(
  client: pg.PoolClient,
  crypto: Sealers,
  organizationId: string,
  { id: webhookId, name, url, eventFilter, by, at }: Placed<DemoReceiver>,
): Promise<DemoReceiver & { id: string }> {
  const id = newId()
  await client.query(
    `INSERT INTO inbound.subscription (organization_id, endpoint_id, id, subscriber_type, subscriber_id, config,
       event_filter, created_by_label, created_at, modified_at)
     VALUES ($1, $2, $3, 'HTTP', $4, $5, $6, $7, $8, $8)`,
    [organizationId, webhookId, id, name, JSON.stringify({ url }), eventFilter, by, new Date(at)],
  )
  await insertSecret(client, crypto, organizationId, { webhookId, subscriptionId: id, at })
  return { id, name, url, eventFilter }
}

async function insertSecret(
  client: pg.PoolClient,
  { webhookSecrets }: Sealers,
  organizationId: string,
  {
    webhookId,
    subscriptionId,
    at,
  }: { webhookId: string; subscriptionId: string | null; at: number },
): Promise<void> {
  const id = newId()
  await client.query(
    `INSERT INTO inbound.secret (organization_id, endpoint_id, id, purpose, subscription_id, sealed, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [
      organizationId,
      webhookId,
      id,
      subscriptionId === null ? 'PROVIDER' : 'FORWARD',
      subscriptionId,
      webhookSecrets.seal(id, newSigningSecret()),
      new Date(at),
    ],
  )
}
