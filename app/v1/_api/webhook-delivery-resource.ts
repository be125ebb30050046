import { z } from '@hono/zod-openapi'
import { epochMs, epochMsOrNull, pageOf } from '@/app/v1/_api/wire-schema'
import {
  DELIVERY_STATES,
  type DeliveryDetail,
  type DeliverySummary,
  WEBHOOK_PROVIDERS,
} from '@/lib/inbound/model'

/** What came in, on the wire. */

const summaryFields = {
  id: z.uuid(),
  webhookId: z.uuid(),
  webhookName: z.string(),
  provider: z.enum(WEBHOOK_PROVIDERS),
  eventType: z.string().nullable(),
  state: z.enum(DELIVERY_STATES).openapi({
    description: 'HELD: its endpoint is paused. DEAD: given up, until it is sent again.',
  }),
  receivedAt: epochMs,
  bytes: z.int(),
  attemptCount: z.int(),
  outcome: z.string().nullable().openapi({ description: 'Of the last attempt, in words.' }),
  nextAttemptAt: epochMsOrNull.openapi({ description: 'Null unless it waits for one.' }),
  finishedAt: epochMsOrNull,
}

export const webhookDeliveryPageSchema = pageOf(
  z.strictObject(summaryFields).openapi('WebhookDeliverySummary'),
  'WebhookDeliveryPage',
)

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
    attempts: z
      .array(
        z.strictObject({
          number: z.int(),
          startedAt: epochMs,
          durationMs: z.int(),
          succeeded: z.boolean(),
          status: z.int().nullable().openapi({ description: 'Of the answer; null = none came.' }),
          outcome: z.string(),
        }),
      )
      .openapi({ description: 'Newest first.' }),
  })
  .openapi('WebhookDelivery')

export const redeliveredSchema = z
  .strictObject({
    redelivered: z.int().openapi({ description: 'How many are sent again.' }),
    remaining: z.int().openapi({
      description: 'How many that were given up are left and can be sent again: call once more.',
    }),
  })
  .openapi('RedeliveredWebhookDeliveries')

export function deliverySummaryToWire(delivery: DeliverySummary) {
  const { id, webhookId, webhookName, provider, eventType, state, receivedAt, size } = delivery
  const { attempts: attemptCount, outcome, nextAttemptAt, finishedAt } = delivery
  return {
    ...{ id, webhookId, webhookName, provider, eventType, state, receivedAt, bytes: size },
    ...{ attemptCount, outcome, nextAttemptAt, finishedAt },
  }
}

export function deliveryToWire(delivery: DeliveryDetail) {
  const { keySource, copies, carrier, sender, contentType, headers, text } = delivery
  return {
    ...deliverySummaryToWire(delivery),
    key: delivery.deliveryKey,
    keySource: keySource === 'DIGEST' ? ('BODY' as const) : keySource,
    ...{ copies, carrier, sender, contentType, headers, text },
    isTextCut: delivery.cut,
    isTrimmed: delivery.trimmed,
    attempts: delivery.log,
  }
}
