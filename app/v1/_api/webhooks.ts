import { z } from '@hono/zod-openapi'
import { idempotency } from '@/app/v1/_api/idempotency-key'
import { type Call, operation, TENANT_PREFIX } from '@/app/v1/_api/operation'
import { PAGING_PARAMETERS } from '@/app/v1/_api/paging-parameters'
import { pageRequest } from '@/app/v1/_api/query'
import { empty, json } from '@/app/v1/_api/reply'
import {
  rotatedWebhookSecretSchema,
  webhookPageSchema,
  webhookSchema,
  webhookToWire,
} from '@/app/v1/_api/webhook-resource'
import {
  webhookSubscriptionSchema,
  webhookSubscriptionToWire,
} from '@/app/v1/_api/webhook-subscription-resource'
import { subscriberRules } from '@/lib/execution/inbound-target'
import { createWebhook, deleteWebhook, patchWebhook } from '@/lib/inbound/commands'
import { OVERLAP_HOURS_DEFAULT, WEBHOOKS_MAX } from '@/lib/inbound/limits'
import type { Webhook } from '@/lib/inbound/model'
import { getWebhook, listWebhookPage } from '@/lib/inbound/queries'
import { rotateWebhookSecret } from '@/lib/inbound/rotate-secret'
import {
  createWebhookSchema,
  patchWebhookSchema,
  rotateWebhookSecretSchema,
} from '@/lib/inbound/schema'
import { runtime } from '@/lib/runtime'

const COLLECTION = `${TENANT_PREFIX}/webhooks`
export const WEBHOOK_PATH = `${COLLECTION}/{webhook}`

const ADMINS = 'Needs a token of an admin or a service account.'
export const SECRETS =
  'Makes a secret, so it is for personal tokens of admins, where the organization lets tokens make tokens; service-account tokens make none.'
export const INBOUND_READS = { tag: 'Inbound', scope: 'integrations:read' } as const
/** What is changed is answered, so that it must be readable. */
export const INBOUND_WRITES = {
  tag: 'Inbound',
  scope: 'integrations:write',
  readScope: 'integrations:read',
} as const

export const rules = () => subscriberRules(runtime().environment.INBOUND_PRIVATE_TARGETS)
const toWire = ({ ctx, publicUrl }: Call<unknown>, webhook: Webhook) =>
  webhookToWire(webhook, { publicUrl, slug: ctx.organization.slug })

const createdWebhookSchema = z
  .strictObject({
    webhook: webhookSchema,
    subscription: webhookSubscriptionSchema
      .nullable()
      .openapi({ description: 'Its first. Null where it was made without.' }),
    signingSecret: z.string().nullable().openapi({
      description:
        'Signs what is forwarded to the first subscriber, shown this once. Null where nothing is, or an Idempotency-Key is replayed.',
      example: 'whsec_…',
    }),
  })
  .openapi('CreatedWebhook')

/** The core's schemas, with what the same names mean here. */
const createBody = createWebhookSchema.extend({
  provider: createWebhookSchema.shape.provider.describe(
    'Whose signature a delivery must have; GENERIC ones bring a token instead. For ever.',
  ),
})

export const WEBHOOK_OPERATIONS = [
  operation({
    ...INBOUND_READS,
    id: 'listWebhooks',
    method: 'get',
    path: COLLECTION,
    summary: 'List endpoints',
    description: `Newest first. ${ADMINS}`,
    query: PAGING_PARAMETERS,
    success: { status: 200, description: 'A page of endpoints.', schema: webhookPageSchema },
    run: async (call) => {
      const page = await listWebhookPage(call.ctx, pageRequest(call.query))
      return json({ ...page, items: page.items.map((webhook) => toWire(call, webhook)) })
    },
  }),
  operation({
    ...INBOUND_WRITES,
    id: 'createWebhook',
    method: 'post',
    path: COLLECTION,
    summary: 'Make an endpoint',
    description: `An address for one sender. It may come with its first subscription, as webhooks/{webhook}/subscriptions takes them; without any, what comes in is kept and goes nowhere. One whose provider signs takes nothing before its secret is set by :rotateSecret. At most ${WEBHOOKS_MAX} in an organization. With a subscriber of the type HTTP: ${SECRETS}`,
    idempotent: true,
    conflicts: true,
    body: { schema: createBody, required: true },
    success: {
      status: 201,
      description: 'The endpoint with its first subscription, and its secret this once.',
      schema: createdWebhookSchema,
    },
    run: async (call) => {
      const made = await createWebhook(call.ctx, rules(), call.body, idempotency(call))
      const { webhook, subscription, signingSecret } = made
      const body = {
        webhook: toWire(call, webhook),
        subscription: subscription && webhookSubscriptionToWire(subscription),
        signingSecret,
      }
      return json(body, 201, { Location: `${call.path}/${webhook.id}` })
    },
  }),
  operation({
    ...INBOUND_READS,
    id: 'getWebhook',
    method: 'get',
    path: WEBHOOK_PATH,
    summary: 'Get one endpoint',
    success: { status: 200, description: 'The endpoint.', schema: webhookSchema },
    run: async (call) =>
      json(toWire(call, await getWebhook(call.ctx, { webhookId: call.id('webhook') }))),
  }),
  operation({
    ...INBOUND_WRITES,
    id: 'patchWebhook',
    method: 'patch',
    path: WEBHOOK_PATH,
    summary: 'Rename an endpoint, pause or resume it',
    description: `A paused endpoint takes deliveries and holds them for all its subscribers; resuming fires them. ${ADMINS}`,
    body: { schema: patchWebhookSchema, required: true },
    success: { status: 200, description: 'The endpoint now.', schema: webhookSchema },
    run: async (call) => {
      const wish = { webhookId: call.id('webhook'), ...call.body }
      return json(toWire(call, await patchWebhook(call.ctx, wish)))
    },
  }),
  operation({
    ...INBOUND_WRITES,
    id: 'deleteWebhook',
    method: 'delete',
    path: WEBHOOK_PATH,
    summary: 'Delete an endpoint',
    description: `For good, with its subscriptions, its secrets and every delivery, forwarded or not. ${ADMINS}`,
    success: { status: 204, description: 'It is gone.' },
    run: async (call) => {
      await deleteWebhook(call.ctx, { webhookId: call.id('webhook') })
      return empty()
    },
  }),
  operation({
    ...INBOUND_WRITES,
    id: 'rotateWebhookSecret',
    method: 'post',
    path: `${WEBHOOK_PATH}:rotateSecret`,
    summary: 'Set or replace the secret of the sender',
    description: `The one before is good for ${OVERLAP_HOURS_DEFAULT} hours more unless told: either is accepted. An endpoint whose deliveries carry a token has none: 400. What is forwarded is signed with secrets of the subscriptions. Of more than two the oldest ends, so send an Idempotency-Key with what may be sent twice. ${SECRETS}`,
    idempotent: true,
    conflicts: true,
    body: { schema: rotateWebhookSecretSchema, required: false },
    success: {
      status: 200,
      description: 'The endpoint, and the secret where it was made here.',
      schema: rotatedWebhookSecretSchema,
    },
    run: async (call) => {
      const wish = { webhookId: call.id('webhook'), ...call.body }
      const { webhook, secret } = await rotateWebhookSecret(call.ctx, wish, idempotency(call))
      return json({ webhook: toWire(call, webhook), secret })
    },
  }),
]
