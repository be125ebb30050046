import type pg from 'pg'
import { appendAudit } from '@/lib/audit/append'
import type { Context } from '@/lib/context'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import { DomainError, invalid, notFound } from '@/lib/errors'
import { onceForKey } from '@/lib/idempotency'
import {
  authorizeInboundSecrets,
  authorizeInboundWriting,
  authorizeSubscribing,
  type Keyed,
  lockedWebhook,
  webhookTarget,
} from '@/lib/inbound/commands'
import { normalFilter } from '@/lib/inbound/event-filter'
import { holdOrRelease } from '@/lib/inbound/hold'
import { OVERLAP_HOURS_DEFAULT, SUBSCRIPTIONS_MAX } from '@/lib/inbound/limits'
import type { Subscriber, Subscription, Webhook } from '@/lib/inbound/model'
import type {
  CreateSubscriptionInput,
  PatchSubscriptionInput,
  RotateSubscriptionSecretInput,
} from '@/lib/inbound/schema'
import { replaceSecret } from '@/lib/inbound/secret-rows'
import { signalInbound } from '@/lib/inbound/signal'
import { newSigningSecret } from '@/lib/inbound/signatures'
import {
  requireConfig,
  requireSubscriber,
  type SubscriberRules,
  subscriberFacts,
} from '@/lib/inbound/subscriber-rules'
import { insertSubscription, selectSubscription } from '@/lib/inbound/subscription-rows'
import { getSubscription, type NamedSubscription } from '@/lib/inbound/subscriptions'

export interface KeptSubscription {
  subscription: Subscription
  /** Signs what is forwarded. Shown this once; null for an agent, and where an earlier call with the same key was shown it. */
  signingSecret: string | null
}

/**
 * Lets one more take what comes in from now on.
 * @throws DomainError forbidden | not-found | invalid | conflict `too_many_subscriptions` | conflict
 *   `subscriber_exists` | idempotency-mismatch
 */
export async function createSubscription(
  ctx: Context,
  rules: SubscriberRules,
  input: CreateSubscriptionInput & { webhookId: string },
  options: Keyed = {},
): Promise<KeptSubscription> {
  authorizeSubscribing(ctx, input)
  const subscriber = await requireSubscriber(ctx, rules, input)
  const wanted = { ...subscriber, eventFilter: normalFilter(input.eventFilter) }
  const make = async (client: pg.PoolClient): Promise<KeptSubscription> => {
    const webhook = await lockedWebhook(client, ctx, input.webhookId)
    requireRoom(webhook, subscriber)
    const webhookId = webhook.id
    const { id, signingSecret } = await insertSubscription(client, ctx, { ...wanted, webhookId })
    const subscription = await required(client, ctx, { webhookId, subscriptionId: id })
    await appendAudit(client, ctx, {
      eventType: 'WEBHOOK_SUBSCRIBER_ADDED',
      target: webhookTarget(webhook),
      details: subscriberFacts(subscription),
    })
    return { subscription, signingSecret }
  }
  const operation = { name: 'webhooks:subscribe', key: options.idempotencyKey, input }
  const outcome = await onceForKey(ctx, operation, make, ({ subscription }) => subscription.id)
  if ('made' in outcome) return outcome.made
  const named = { webhookId: input.webhookId, subscriptionId: outcome.replayedId }
  return { subscription: await getSubscription(ctx, named), signingSecret: null }
}

/** Of the endpoint as it is held: nobody else adds one meanwhile. */
function requireRoom({ subscribers }: Webhook, wanted: Subscriber): void {
  const isThere = subscribers.some(
    ({ subscriberType, subscriberId }) =>
      subscriberType === wanted.subscriberType && subscriberId === wanted.subscriberId,
  )
  if (isThere) {
    throw new DomainError(
      'conflict',
      'subscriber_exists',
      wanted.subscriberType === 'AGENT'
        ? 'This agent takes deliveries of this endpoint already: change its filter instead.'
        : 'A receiver of this endpoint has this name already: take another.',
      { errors: [{ pointer: '/subscriberId', detail: 'It subscribes already.' }] },
    )
  }
  if (subscribers.length < SUBSCRIPTIONS_MAX) return
  throw new DomainError(
    'conflict',
    'too_many_subscriptions',
    `An endpoint has room for ${SUBSCRIPTIONS_MAX} subscribers: remove one that is not used any more.`,
  )
}

/**
 * Changes which events it takes or where they go, pauses or resumes it. What waits for its next try goes to the new
 * address; a filter is asked of what comes in from now on.
 * @throws DomainError forbidden | not-found | invalid at /config/url, or where nothing is to be changed
 */
export async function patchSubscription(
  ctx: Context,
  rules: Pick<SubscriberRules, 'allowedOrigins'>,
  input: PatchSubscriptionInput & NamedSubscription,
): Promise<Subscription> {
  authorizeInboundWriting(ctx)
  const { eventFilter, config, paused } = input
  if (eventFilter === undefined && config === undefined && paused === undefined) {
    throw invalid([
      { pointer: '', detail: 'Nothing to change: send eventFilter, config or paused.' },
    ])
  }
  const changed = await sqlTransaction(ctx.db.pool, async (client) => {
    const webhook = await lockedWebhook(client, ctx, input.webhookId)
    const before = await required(client, ctx, input)
    await client.query(
      `UPDATE inbound.subscription SET event_filter = $3, config = $4, modified_at = clock_timestamp(),
         paused_at = CASE WHEN $5 THEN coalesce(paused_at, clock_timestamp()) END
       WHERE organization_id = $1 AND id = $2`,
      [
        ctx.organization.id,
        before.id,
        eventFilter === undefined ? before.eventFilter : normalFilter(eventFilter),
        JSON.stringify(
          config === undefined
            ? before.config
            : requireConfig(rules, before.subscriberType, config),
        ),
        paused ?? before.pausedAt !== null,
      ],
    )
    const after = await required(client, ctx, input)
    await holdOrRelease(client, ctx, webhook.id)
    await tellOfChanges(client, ctx, webhook, { before, after })
    return after
  })
  if (paused === false) await signalInbound(ctx.db.pool)
  return changed
}

/** One event of what was edited, and one of a pause; none where all is as it was. */
async function tellOfChanges(
  client: pg.PoolClient,
  ctx: Context,
  webhook: Webhook,
  { before, after }: { before: Subscription; after: Subscription },
): Promise<void> {
  const target = webhookTarget(webhook)
  const [old, now] = [subscriberFacts(before), subscriberFacts(after)]
  if (JSON.stringify(old) !== JSON.stringify(now)) {
    await appendAudit(client, ctx, {
      eventType: 'WEBHOOK_SUBSCRIBER_UPDATED',
      target,
      details: { before: old, after: now },
    })
  }
  if ((before.pausedAt === null) !== (after.pausedAt === null)) {
    await appendAudit(client, ctx, {
      eventType:
        after.pausedAt === null ? 'WEBHOOK_SUBSCRIBER_RESUMED' : 'WEBHOOK_SUBSCRIBER_PAUSED',
      target,
      details: { subscriber: now.subscriber },
    })
  }
}

/**
 * Ends a subscription for good, with its secret. What it had not been delivered yet ends with it, what was given up too;
 * an attempt that is under way may still arrive. What the deliveries tell of it stays.
 * @throws DomainError forbidden | not-found
 */
export async function deleteSubscription(ctx: Context, input: NamedSubscription): Promise<void> {
  authorizeInboundWriting(ctx)
  await sqlTransaction(ctx.db.pool, async (client) => {
    const webhook = await lockedWebhook(client, ctx, input.webhookId)
    const subscription = await required(client, ctx, input)
    const { rowCount } = await client.query(
      `UPDATE inbound.dispatch SET state = 'ENDED', claim = NULL, finished_at = clock_timestamp()
       WHERE organization_id = $1 AND endpoint_id = $2 AND subscription_id = $3
         AND state IN ('WAITING', 'HELD', 'DEAD')`,
      [ctx.organization.id, webhook.id, subscription.id],
    )
    await client.query('DELETE FROM inbound.subscription WHERE organization_id = $1 AND id = $2', [
      ctx.organization.id,
      subscription.id,
    ])
    await appendAudit(client, ctx, {
      eventType: 'WEBHOOK_SUBSCRIBER_REMOVED',
      target: webhookTarget(webhook),
      details: { ...subscriberFacts(subscription), undelivered: rowCount ?? 0 },
    })
  })
}

/**
 * Replaces the secret that signs what one receiver gets. The one before signs besides for some hours, so that the
 * receiver can change over without losing a delivery.
 * @throws DomainError forbidden | not-found | invalid `subscriber_has_no_secret` for an agent | idempotency-mismatch
 */
export async function rotateSubscriptionSecret(
  ctx: Context,
  input: RotateSubscriptionSecretInput & NamedSubscription,
  options: Keyed = {},
): Promise<KeptSubscription> {
  authorizeInboundSecrets(ctx)
  const overlapHours = input.overlapHours ?? OVERLAP_HOURS_DEFAULT
  const rotate = async (client: pg.PoolClient): Promise<KeptSubscription> => {
    const webhook = await lockedWebhook(client, ctx, input.webhookId)
    const { id, subscriberType, subscriberId } = await required(client, ctx, input)
    if (subscriberType !== 'HTTP') throw withoutSecret()
    const secret = newSigningSecret()
    const owner = { webhookId: webhook.id, subscriptionId: id }
    await replaceSecret(client, ctx, owner, { secret, overlapHours })
    await appendAudit(client, ctx, {
      eventType: 'WEBHOOK_SECRET_ROTATED',
      target: webhookTarget(webhook),
      details: { secretOf: `what ${subscriberId} gets`, madeBy: 'us', overlapHours },
    })
    return { subscription: await required(client, ctx, input), signingSecret: secret }
  }
  const operation = { name: 'webhooks:rotateSubscription', key: options.idempotencyKey, input }
  const outcome = await onceForKey(ctx, operation, rotate, ({ subscription }) => subscription.id)
  return 'made' in outcome
    ? outcome.made
    : { subscription: await getSubscription(ctx, input), signingSecret: null }
}

function withoutSecret(): DomainError {
  return invalid(
    [
      {
        pointer: '',
        detail: 'An agent is given nothing that it would have to check: it has no secret.',
      },
    ],
    'subscriber_has_no_secret',
  )
}

async function required(
  client: pg.PoolClient,
  ctx: Context,
  named: NamedSubscription,
): Promise<Subscription> {
  const subscription = await selectSubscription(client, ctx.organization.id, named)
  if (!subscription) throw notFound()
  return subscription
}
