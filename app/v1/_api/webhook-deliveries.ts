import { z } from '@hono/zod-openapi'
import { operation } from '@/app/v1/_api/operation'
import { PAGING_PARAMETERS } from '@/app/v1/_api/paging-parameters'
import { choice, pageRequest, type Query, refusedParameter } from '@/app/v1/_api/query'
import { json } from '@/app/v1/_api/reply'
import {
  deliverySummaryToWire,
  deliveryToWire,
  redeliveredSchema,
  webhookDeliveryPageSchema,
  webhookDeliverySchema,
} from '@/app/v1/_api/webhook-delivery-resource'
import { INBOUND_READS, INBOUND_WRITES, WEBHOOK_PATH } from '@/app/v1/_api/webhooks'
import { getInboundDelivery, listInboundDeliveries } from '@/lib/inbound/deliveries'
import { filterComplaint } from '@/lib/inbound/event-filter'
import { REDELIVERED_MAX } from '@/lib/inbound/limits'
import { DELIVERY_STATES } from '@/lib/inbound/model'
import { redeliver } from '@/lib/inbound/redeliver'
import { redeliverDead } from '@/lib/inbound/redeliver-dead'

const COLLECTION = `${WEBHOOK_PATH}/deliveries`
const ITEM = `${COLLECTION}/{delivery}`

/** Of every endpoint (AIP-159). */
const ANY = '-'
/** Of one subscriber alone; absent or null: of all. */
const whoseSchema = z.strictObject({ subscriptionId: z.uuid().nullish() })

function eventOf(query: Query): string | undefined {
  const event = query.text('event')
  const complaint = event === undefined ? null : filterComplaint(event)
  if (complaint !== null) throw refusedParameter('event', complaint)
  return event
}

export const WEBHOOK_DELIVERY_OPERATIONS = [
  operation({
    ...INBOUND_READS,
    id: 'listWebhookDeliveries',
    method: 'get',
    path: COLLECTION,
    summary: 'List what came in',
    description: 'Newest first. `webhooks/-/deliveries` lists those of all endpoints.',
    query: [
      {
        name: 'state',
        description: 'Only those in one state; DEAD is the dead letter.',
        schema: z.enum(DELIVERY_STATES),
      },
      {
        name: 'event',
        description: 'Only those of some types, in the form of an eventFilter: push, invoice.*',
        schema: z.string(),
      },
      ...PAGING_PARAMETERS,
    ],
    success: {
      status: 200,
      description: 'A page of deliveries.',
      schema: webhookDeliveryPageSchema,
    },
    run: async (call) => {
      const page = await listInboundDeliveries(call.ctx, {
        ...pageRequest(call.query),
        state: choice(call.query, 'state', DELIVERY_STATES),
        event: eventOf(call.query),
        webhookId: call.text('webhook') === ANY ? undefined : call.id('webhook'),
      })
      return json({ ...page, items: page.items.map(deliverySummaryToWire) })
    },
  }),
  operation({
    ...INBOUND_WRITES,
    id: 'redeliverDeadWebhookDeliveries',
    method: 'post',
    path: `${COLLECTION}:redeliverDead`,
    summary: 'Send again everything that was given up',
    description: `Of all subscribers, or of one. Each from its first try on and under the id it always had, oldest first; at most ${REDELIVERED_MAX.toLocaleString('en-US')} a call. What is given up anew meanwhile is not taken twice. Where the endpoint or the subscription is paused they are held.`,
    body: { schema: whoseSchema, required: false },
    success: { status: 200, description: 'How many.', schema: redeliveredSchema },
    run: async (call) =>
      json(
        await redeliverDead(call.ctx, {
          webhookId: call.id('webhook'),
          subscriptionId: call.body?.subscriptionId ?? undefined,
        }),
      ),
  }),
  operation({
    ...INBOUND_READS,
    id: 'getWebhookDelivery',
    method: 'get',
    path: ITEM,
    summary: 'Get one delivery with its attempts',
    success: { status: 200, description: 'The delivery.', schema: webhookDeliverySchema },
    run: async (call) => {
      const named = { deliveryId: call.id('delivery'), webhookId: call.id('webhook') }
      return json(deliveryToWire(await getInboundDelivery(call.ctx, named)))
    },
  }),
  operation({
    ...INBOUND_WRITES,
    id: 'redeliverWebhookDelivery',
    method: 'post',
    path: `${ITEM}:redeliver`,
    summary: 'Send a delivery again',
    description:
      'To every subscriber that took it and is left, or to one of them; from the first try on and under the id it always had. What waits for its next try is sent now. 409 where its content is not kept any more, nobody who took it is left, or it is being sent at this moment.',
    conflicts: true,
    body: { schema: whoseSchema, required: false },
    success: { status: 200, description: 'The delivery now.', schema: webhookDeliverySchema },
    run: async (call) => {
      const named = { deliveryId: call.id('delivery'), webhookId: call.id('webhook') }
      const subscriptionId = call.body?.subscriptionId ?? undefined
      await redeliver(call.ctx, { ...named, subscriptionId })
      return json(deliveryToWire(await getInboundDelivery(call.ctx, named)))
    },
  }),
]
