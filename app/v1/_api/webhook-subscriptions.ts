import { idempotency } from '@/app/v1/_api/idempotency-key'
import { type Call, operation } from '@/app/v1/_api/operation'
import { empty, json } from '@/app/v1/_api/reply'
import {
  keptWebhookSubscriptionSchema,
  webhookSubscriptionListSchema,
  webhookSubscriptionSchema,
  webhookSubscriptionToWire,
} from '@/app/v1/_api/webhook-subscription-resource'
import { INBOUND_READS, INBOUND_WRITES, rules, SECRETS, WEBHOOK_PATH } from '@/app/v1/_api/webhooks'
import { OVERLAP_HOURS_DEFAULT, SUBSCRIPTIONS_MAX } from '@/lib/inbound/limits'
import {
  createSubscriptionSchema,
  patchSubscriptionSchema,
  rotateSubscriptionSecretSchema,
} from '@/lib/inbound/schema'
import {
  createSubscription,
  deleteSubscription,
  type KeptSubscription,
  patchSubscription,
  rotateSubscriptionSecret,
} from '@/lib/inbound/subscription-commands'
import { getSubscription, listSubscriptions } from '@/lib/inbound/subscriptions'

const COLLECTION = `${WEBHOOK_PATH}/subscriptions`
const ITEM = `${COLLECTION}/{subscription}`

const named = (call: Call<unknown>) => ({
  webhookId: call.id('webhook'),
  subscriptionId: call.id('subscription'),
})
const keptToWire = ({ subscription, signingSecret }: KeptSubscription) => ({
  subscription: webhookSubscriptionToWire(subscription),
  signingSecret,
})

const FILTER =
  'eventFilter lists types with commas between them; a star at the end of one stands for the rest of it, as in push, invoice.*. Null or absent takes everything.'

const CONFIG = 'Of HTTP {"url": …}, an https address that the Internet can reach. Of AGENT nothing.'
const createBody = createSubscriptionSchema.extend({
  config: createSubscriptionSchema.shape.config.describe(CONFIG),
})
const patchBody = patchSubscriptionSchema.extend({
  config: patchSubscriptionSchema.shape.config.describe(CONFIG),
})

export const WEBHOOK_SUBSCRIPTION_OPERATIONS = [
  operation({
    ...INBOUND_READS,
    id: 'listWebhookSubscriptions',
    method: 'get',
    path: COLLECTION,
    summary: 'List the subscribers of an endpoint',
    description: `All of them, the first one first; an endpoint has room for ${SUBSCRIPTIONS_MAX}.`,
    success: {
      status: 200,
      description: 'The subscriptions.',
      schema: webhookSubscriptionListSchema,
    },
    run: async (call) => {
      const subscriptions = await listSubscriptions(call.ctx, { webhookId: call.id('webhook') })
      return json({ items: subscriptions.map(webhookSubscriptionToWire) })
    },
  }),
  operation({
    ...INBOUND_WRITES,
    id: 'createWebhookSubscription',
    method: 'post',
    path: COLLECTION,
    summary: 'Let one more take what comes in',
    description: `From now on. HTTP: subscriberId is a name for the receiver, config.url where it is forwarded to, signed with a secret of its own; Fruxon-Event names the type as it is where that is printable ASCII, else percent-encoded (UTF-8). AGENT: subscriberId is the agent, which runs each delivery once; the caller must be able to run it: agents:execute, and of people the role Editor. ${FILTER} HTTP: ${SECRETS}`,
    idempotent: true,
    conflicts: true,
    body: { schema: createBody, required: true },
    success: {
      status: 201,
      description: 'The subscription, and the secret of its forwards this once.',
      schema: keptWebhookSubscriptionSchema,
    },
    run: async (call) => {
      const wish = { webhookId: call.id('webhook'), ...call.body }
      const kept = await createSubscription(call.ctx, rules(), wish, idempotency(call))
      return json(keptToWire(kept), 201, { Location: `${call.path}/${kept.subscription.id}` })
    },
  }),
  operation({
    ...INBOUND_READS,
    id: 'getWebhookSubscription',
    method: 'get',
    path: ITEM,
    summary: 'Get one subscription',
    success: { status: 200, description: 'The subscription.', schema: webhookSubscriptionSchema },
    run: async (call) =>
      json(webhookSubscriptionToWire(await getSubscription(call.ctx, named(call)))),
  }),
  operation({
    ...INBOUND_WRITES,
    id: 'patchWebhookSubscription',
    method: 'patch',
    path: ITEM,
    summary: 'Change what a subscriber takes or where it goes, pause or resume it',
    description: `What is absent stays. What waits for its next try goes to the new address; a filter is asked of what comes in from now on. A paused subscription holds what it takes. ${FILTER}`,
    body: { schema: patchBody, required: true },
    success: {
      status: 200,
      description: 'The subscription now.',
      schema: webhookSubscriptionSchema,
    },
    run: async (call) => {
      const wish = { ...named(call), ...call.body }
      return json(webhookSubscriptionToWire(await patchSubscription(call.ctx, rules(), wish)))
    },
  }),
  operation({
    ...INBOUND_WRITES,
    id: 'deleteWebhookSubscription',
    method: 'delete',
    path: ITEM,
    summary: 'Remove a subscriber',
    description:
      'For good, with its secret. What it was not delivered yet ends, what was given up too; what it had stays in the log.',
    success: { status: 204, description: 'It is gone.' },
    run: async (call) => {
      await deleteSubscription(call.ctx, named(call))
      return empty()
    },
  }),
  operation({
    ...INBOUND_WRITES,
    id: 'rotateWebhookSubscriptionSecret',
    method: 'post',
    path: `${ITEM}:rotateSecret`,
    summary: 'Replace the secret of a receiver',
    description: `The one before signs besides for ${OVERLAP_HOURS_DEFAULT} hours more unless told. Of more than two the oldest ends, so send an Idempotency-Key with what may be sent twice. An agent has none: 400. ${SECRETS}`,
    idempotent: true,
    conflicts: true,
    body: { schema: rotateSubscriptionSecretSchema, required: false },
    success: {
      status: 200,
      description: 'The subscription, and its secret this once.',
      schema: keptWebhookSubscriptionSchema,
    },
    run: async (call) => {
      const wish = { ...named(call), ...call.body }
      return json(keptToWire(await rotateSubscriptionSecret(call.ctx, wish, idempotency(call))))
    },
  }),
]
