import { z } from '@hono/zod-openapi'
import { secretFactsSchema } from '@/app/v1/_api/webhook-resource'
import { epochMs, epochMsOrNull } from '@/app/v1/_api/wire-schema'
import { SUBSCRIBER_TYPES, type Subscription } from '@/lib/inbound/model'

/** Who takes what comes in by an endpoint, on the wire. */

export const webhookSubscriptionSchema = z
  .strictObject({
    id: z.uuid(),
    webhookId: z.uuid(),
    subscriberType: z.enum(SUBSCRIBER_TYPES),
    subscriberId: z.string().openapi({
      description: 'Of HTTP a name for the receiver, of AGENT the id of the agent. For ever.',
    }),
    eventFilter: z.string().nullable().openapi({
      description: 'Which types of event it takes; null takes everything.',
      example: 'push, invoice.*',
    }),
    config: z
      .strictObject({ url: z.string().optional() })
      .openapi({ description: 'Of HTTP url: where it is forwarded to. Of AGENT nothing.' }),
    paused: z.boolean().openapi({ description: 'What it takes is held.' }),
    pausedAt: epochMsOrNull,
    signingSecret: secretFactsSchema.nullable().openapi({
      description: 'Signs what is forwarded to it. Null of an agent.',
    }),
    createdBy: z.string(),
    createdAt: epochMs,
    modifiedAt: epochMs,
  })
  .openapi('WebhookSubscription')

export const webhookSubscriptionListSchema = z
  .strictObject({ items: z.array(webhookSubscriptionSchema) })
  .openapi('WebhookSubscriptionList')

export const keptWebhookSubscriptionSchema = z
  .strictObject({
    subscription: webhookSubscriptionSchema,
    signingSecret: z.string().nullable().openapi({
      description:
        'The new one, shown this once. Null of an agent, and where an Idempotency-Key is replayed.',
      example: 'whsec_…',
    }),
  })
  .openapi('KeptWebhookSubscription')

export function webhookSubscriptionToWire(subscription: Subscription) {
  const { id, webhookId, subscriberType, subscriberId, eventFilter, config } = subscription
  const { pausedAt, signingSecret, createdByLabel, createdAt, modifiedAt } = subscription
  return {
    ...{ id, webhookId, subscriberType, subscriberId, eventFilter, config },
    ...{ paused: pausedAt !== null, pausedAt, signingSecret },
    ...{ createdBy: createdByLabel, createdAt, modifiedAt },
  }
}
