import { z } from '@hono/zod-openapi'
import { epochMs, epochMsOrNull, pageOf } from '@/app/v1/_api/wire-schema'
import {
  DELIVERY_STATES,
  type DeliveryDetail,
  type DeliverySummary,
  DISPATCH_STATES,
  type Dispatch,
  SUBSCRIBER_TYPES,
  WEBHOOK_PROVIDERS,
} from '@/lib/inbound/model'
import { COUNTED_TO } from '@/lib/paging'

/** What came in, on the wire. */

const dispatchFields = {
  subscriptionId: z.uuid(),
  subscriberType: z.enum(SUBSCRIBER_TYPES),
  subscriberId: z.string(),
  isRemoved: z.boolean().openapi({ description: 'Its subscription is not there any more.' }),
  state: z.enum(DISPATCH_STATES).openapi({
    description:
      'HELD: its endpoint or its subscription is paused. DEAD: given up, until it is sent again. ENDED: its subscription was removed first.',
  }),
  attemptCount: z.int(),
  outcome: z.string().nullable().openapi({ description: 'Of the last attempt, in words.' }),
  nextAttemptAt: epochMsOrNull.openapi({ description: 'Null unless it waits for one.' }),
  finishedAt: epochMsOrNull,
}

const summaryFields = {
  id: z.uuid(),
  webhookId: z.uuid(),
  webhookName: z.string(),
  provider: z.enum(WEBHOOK_PROVIDERS),
  eventType: z.string().nullable(),
  state: z.enum(DELIVERY_STATES).openapi({
    description:
      'Of its subscribers the one that matters most: DEAD before WAITING, HELD, DELIVERED and ENDED. UNMATCHED: no subscription took it.',
  }),
  receivedAt: epochMs,
  bytes: z.int(),
}

export const webhookDeliveryPageSchema = pageOf(
  z
    .strictObject({
      ...summaryFields,
      dispatches: z
        .array(z.strictObject(dispatchFields).openapi('WebhookDispatchSummary'))
        .openapi({ description: 'One for each subscription that took it.' }),
    })
    .openapi('WebhookDeliverySummary'),
  'WebhookDeliveryPage',
  { countedTo: COUNTED_TO },
)

const attemptSchema = z.strictObject({
  number: z.int(),
  startedAt: epochMs,
  durationMs: z.int(),
  succeeded: z.boolean(),
  status: z.int().nullable().openapi({ description: 'Of the answer; null = none came.' }),
  outcome: z.string(),
})

export const webhookDeliverySchema = z
  .strictObject({
    ...summaryFields,
    key: z.string().openapi({ description: 'What makes it one and the same when it comes again.' }),
    keySource: z
      .enum(['HEADER', 'EVENT', 'BODY'])
      .openapi({ description: 'Where the key is from. BODY: it counts for ten minutes.' }),
    copies: z.int().openapi({ description: 'How often it came again.' }),
    carrier: z.enum(['BEARER', 'QUERY', 'PATH', 'SIGNATURE']),
    sender: z.string(),
    contentType: z.string().nullable(),
    headers: z
      .record(z.string(), z.string().nullable())
      .openapi({ description: 'Null = the value was not kept: it could hold a credential.' }),
    text: z
      .string()
      .nullable()
      .openapi({ description: 'The body, its first 64 KiB. Null = not text, or not kept.' }),
    isTextCut: z.boolean(),
    isTrimmed: z
      .boolean()
      .openapi({ description: 'Its content is not kept any more: it cannot be sent again.' }),
    dispatches: z
      .array(
        z
          .strictObject({
            ...dispatchFields,
            attempts: z.array(attemptSchema).openapi({ description: 'Newest first.' }),
          })
          .openapi('WebhookDispatch'),
      )
      .openapi({ description: 'One for each subscription that took it.' }),
  })
  .openapi('WebhookDelivery')

export const redeliveredSchema = z
  .strictObject({
    redelivered: z.int().openapi({
      description:
        'How many are sent again; a delivery counts for each subscriber that gave it up.',
    }),
    remaining: z.int().openapi({
      description: 'How many that were given up are left and can be sent again: call once more.',
    }),
  })
  .openapi('RedeliveredWebhookDeliveries')

function dispatchToWire({ removed, attempts, ...dispatch }: Dispatch) {
  const { subscriptionId, subscriberType, subscriberId, state } = dispatch
  const { outcome, nextAttemptAt, finishedAt } = dispatch
  return {
    ...{ subscriptionId, subscriberType, subscriberId, isRemoved: removed, state },
    ...{ attemptCount: attempts, outcome, nextAttemptAt, finishedAt },
  }
}

function factsToWire(delivery: DeliverySummary) {
  const { id, webhookId, webhookName, provider, eventType, state, receivedAt, size } = delivery
  return { id, webhookId, webhookName, provider, eventType, state, receivedAt, bytes: size }
}

export function deliverySummaryToWire(delivery: DeliverySummary) {
  return { ...factsToWire(delivery), dispatches: delivery.dispatches.map(dispatchToWire) }
}

export function deliveryToWire(delivery: DeliveryDetail) {
  const { keySource, copies, carrier, sender, contentType, headers, text } = delivery
  return {
    ...factsToWire(delivery),
    key: delivery.deliveryKey,
    keySource: keySource === 'DIGEST' ? ('BODY' as const) : keySource,
    ...{ copies, carrier, sender, contentType, headers, text },
    isTextCut: delivery.cut,
    isTrimmed: delivery.trimmed,
    dispatches: delivery.dispatches.map((dispatch) => ({
      ...dispatchToWire(dispatch),
      attempts: [...dispatch.log],
    })),
  }
}
