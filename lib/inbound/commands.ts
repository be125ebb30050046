import type pg from 'pg'
import { authorize } from '@/lib/access/authorize'
import { actorOf } from '@/lib/access/principal'
import { appendAudit } from '@/lib/audit/append'
import type { Context } from '@/lib/context'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import { DomainError, invalid, notFound } from '@/lib/errors'
import { onceForKey } from '@/lib/idempotency'
import { newId } from '@/lib/ids'
import { holdOrRelease } from '@/lib/inbound/hold'
import { WEBHOOKS_MAX } from '@/lib/inbound/limits'
import type { Subscription, Webhook } from '@/lib/inbound/model'
import { authorizeInboundReading, getWebhook } from '@/lib/inbound/queries'
import type {
  CreateSubscriptionInput,
  CreateWebhookInput,
  PatchWebhookInput,
} from '@/lib/inbound/schema'
import { signalInbound } from '@/lib/inbound/signal'
import {
  requireFirstSubscription,
  type SubscriberRules,
  subscriberFacts,
} from '@/lib/inbound/subscriber-rules'
import { insertSubscription, selectSubscriptions } from '@/lib/inbound/subscription-rows'
import { selectWebhook } from '@/lib/inbound/webhook-rows'
import { requireMayMakeSecrets } from '@/lib/tokens/authority'

export interface CreatedWebhook {
  webhook: Webhook
  /** Its first; null where it was made without. */
  subscription: Subscription | null
  /** Signs what is forwarded. Shown this once; null where nothing is, or an earlier call with the same key was shown it. */
  signingSecret: string | null
}

/** Of one call that may be sent again. */
export interface Keyed {
  idempotencyKey?: string | undefined
}

/** Line 1 of every change of an endpoint. */
export function authorizeInboundWriting(ctx: Context): void {
  authorize(ctx.principal, 'integrations:write')
  authorizeInboundReading(ctx)
}

/** Line 1 of what makes a secret of an endpoint: by the rules for making tokens (docs/decisions/0021). */
export function authorizeInboundSecrets(ctx: Context): void {
  authorizeInboundWriting(ctx)
  requireMayMakeSecrets(ctx)
}

/** The same of what makes a subscription: one that is forwarded to gets a secret, an agent gets none. */
export function authorizeSubscribing(
  ctx: Context,
  input: Pick<CreateSubscriptionInput, 'subscriberType'> | null | undefined,
): void {
  if (input?.subscriberType === 'HTTP') authorizeInboundSecrets(ctx)
  else authorizeInboundWriting(ctx)
}

/**
 * Makes an endpoint, with its first subscription where the input has one. One whose provider signs takes nothing before
 * its signing secret is set; one without a subscription keeps what comes in and fires nothing.
 * @throws DomainError forbidden | invalid below /subscription | conflict `too_many_webhooks` | idempotency-mismatch
 */
export async function createWebhook(
  ctx: Context,
  rules: SubscriberRules,
  input: CreateWebhookInput,
  options: Keyed = {},
): Promise<CreatedWebhook> {
  authorizeSubscribing(ctx, input.subscription)
  const first =
    input.subscription && (await requireFirstSubscription(ctx, rules, input.subscription))
  const id = newId()
  const make = async (client: pg.PoolClient): Promise<CreatedWebhook> => {
    await requireRoom(client, ctx.organization.id)
    await client.query(
      `INSERT INTO inbound.endpoint (organization_id, id, name, provider, created_by_label, created_at, modified_at)
       VALUES ($1, $2, $3, $4, $5, clock_timestamp(), clock_timestamp())`,
      [ctx.organization.id, id, input.name, input.provider, actorOf(ctx.principal).label],
    )
    const made = first && (await insertSubscription(client, ctx, { ...first, webhookId: id }))
    const webhook = await requireWebhook(client, ctx, id)
    await appendAudit(client, ctx, {
      eventType: 'WEBHOOK_CREATED',
      target: webhookTarget(webhook),
      details: { provider: input.provider, ...(first && subscriberFacts(first)) },
    })
    const [subscription] = await selectSubscriptions(client, ctx.organization.id, id)
    return {
      webhook,
      subscription: subscription ?? null,
      signingSecret: made?.signingSecret ?? null,
    }
  }
  const operation = { name: 'webhooks:create', key: options.idempotencyKey, input }
  const outcome = await onceForKey(ctx, operation, make, ({ webhook }) => webhook.id)
  if ('made' in outcome) return outcome.made
  const webhookId = outcome.replayedId
  const [subscription] = await selectSubscriptions(ctx.db.pool, ctx.organization.id, webhookId)
  return {
    webhook: await getWebhook(ctx, { webhookId }),
    subscription: subscription ?? null,
    signingSecret: null,
  }
}

/**
 * Renames, pauses or resumes. A paused endpoint takes deliveries and holds them; resuming fires them.
 * @throws DomainError forbidden | not-found | invalid where nothing is to be changed
 */
export async function patchWebhook(
  ctx: Context,
  input: PatchWebhookInput & { webhookId: string },
): Promise<Webhook> {
  authorizeInboundWriting(ctx)
  if (input.name === undefined && input.paused === undefined) {
    throw invalid([{ pointer: '', detail: 'Nothing to change: send name or paused.' }])
  }
  const changed = await sqlTransaction(ctx.db.pool, async (client) => {
    const before = await lockedWebhook(client, ctx, input.webhookId)
    const paused = input.paused ?? before.pausedAt !== null
    await client.query(
      `UPDATE inbound.endpoint SET name = $3, modified_at = clock_timestamp(),
         paused_at = CASE WHEN $4 THEN coalesce(paused_at, clock_timestamp()) END
       WHERE organization_id = $1 AND id = $2`,
      [ctx.organization.id, before.id, input.name ?? before.name, paused],
    )
    if (paused !== (before.pausedAt !== null)) await holdOrRelease(client, ctx, before.id)
    const after = await requireWebhook(client, ctx, before.id)
    await tellOfChanges(client, ctx, before, after)
    return after
  })
  if (input.paused === false) await signalInbound(ctx.db.pool)
  return changed
}

/** One event of what was edited, and one of a pause; none where all is as it was. */
async function tellOfChanges(
  client: pg.PoolClient,
  ctx: Context,
  before: Webhook,
  after: Webhook,
): Promise<void> {
  const facts = ({ name }: Webhook) => ({ name })
  const target = webhookTarget(after)
  if (JSON.stringify(facts(before)) !== JSON.stringify(facts(after))) {
    await appendAudit(client, ctx, {
      eventType: 'WEBHOOK_UPDATED',
      target,
      details: { before: facts(before), after: facts(after) },
    })
  }
  if ((before.pausedAt === null) !== (after.pausedAt === null)) {
    await appendAudit(client, ctx, {
      eventType: after.pausedAt === null ? 'WEBHOOK_RESUMED' : 'WEBHOOK_PAUSED',
      target,
      details: {},
    })
  }
}

/**
 * Removes an endpoint for good, with its secrets and everything that came in by it.
 * @throws DomainError forbidden | not-found
 */
export async function deleteWebhook(ctx: Context, input: { webhookId: string }): Promise<void> {
  authorizeInboundWriting(ctx)
  await sqlTransaction(ctx.db.pool, async (client) => {
    const webhook = await lockedWebhook(client, ctx, input.webhookId)
    const { rows } = await client.query<{ unfinished: number }>(
      `SELECT count(*)::int AS unfinished FROM inbound.delivery
       WHERE organization_id = $1 AND endpoint_id = $2 AND state IN ('WAITING', 'HELD', 'DEAD')`,
      [ctx.organization.id, webhook.id],
    )
    // Before their deliveries: whoever writes an attempt down takes them in this order.
    await client.query(
      `DELETE FROM inbound.dispatch WHERE (organization_id, delivery_id) IN (
         SELECT organization_id, id FROM inbound.delivery WHERE organization_id = $1 AND endpoint_id = $2)`,
      [ctx.organization.id, webhook.id],
    )
    await client.query('DELETE FROM inbound.endpoint WHERE organization_id = $1 AND id = $2', [
      ctx.organization.id,
      webhook.id,
    ])
    await appendAudit(client, ctx, {
      eventType: 'WEBHOOK_DELETED',
      target: webhookTarget(webhook),
      details: { undelivered: rows[0]?.unfinished ?? 0 },
    })
  })
}

/** The endpoint, held until the end of the transaction. @throws DomainError not-found */
export async function lockedWebhook(
  client: pg.PoolClient,
  ctx: Context,
  webhookId: string,
): Promise<Webhook> {
  await client.query(
    'SELECT 1 FROM inbound.endpoint WHERE organization_id = $1 AND id = $2 FOR UPDATE',
    [ctx.organization.id, webhookId],
  )
  return requireWebhook(client, ctx, webhookId)
}

export async function requireWebhook(
  client: pg.PoolClient,
  ctx: Context,
  webhookId: string,
): Promise<Webhook> {
  const webhook = await selectWebhook(client, ctx.organization.id, webhookId)
  if (!webhook) throw notFound()
  return webhook
}

export function webhookTarget({ id, name }: Pick<Webhook, 'id' | 'name'>) {
  return { type: 'webhook' as const, id, label: name, familyId: null }
}

async function requireRoom(client: pg.PoolClient, organizationId: string): Promise<void> {
  await client.query(`SELECT pg_advisory_xact_lock(hashtext('inbound.endpoint'), hashtext($1))`, [
    organizationId,
  ])
  const { rows } = await client.query<{ count: number }>(
    'SELECT count(*)::int AS count FROM inbound.endpoint WHERE organization_id = $1',
    [organizationId],
  )
  if ((rows[0]?.count ?? 0) < WEBHOOKS_MAX) return
  throw new DomainError(
    'conflict',
    'too_many_webhooks',
    `An organization has room for ${WEBHOOKS_MAX} endpoints: delete one that is not used any more.`,
  )
}
