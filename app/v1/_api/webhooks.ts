import { type Call, operation, TENANT_PREFIX } from '@/app/v1/_api/operation'
import { PAGING_PARAMETERS } from '@/app/v1/_api/paging-parameters'
import { pageRequest } from '@/app/v1/_api/query'
import { empty, json } from '@/app/v1/_api/reply'
import { idempotency } from '@/app/v1/_api/token-issuance'
import {
  createdWebhookSchema,
  rotatedWebhookSecretSchema,
  webhookPageSchema,
  webhookSchema,
  webhookToWire,
} from '@/app/v1/_api/webhook-resource'
import { targetRules } from '@/lib/execution/inbound-target'
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
const SECRETS =
  'Makes a secret, so it is for personal tokens of admins, where the organization lets tokens make tokens; service-account tokens make none.'
export const INBOUND_READS = { tag: 'Inbound', scope: 'integrations:read' } as const
/** What is changed is answered, so that it must be readable. */
export const INBOUND_WRITES = {
  tag: 'Inbound',
  scope: 'integrations:write',
  readScope: 'integrations:read',
} as const

const rules = () => targetRules(runtime().environment.INBOUND_PRIVATE_TARGETS)
const toWire = ({ ctx, publicUrl }: Call<unknown>, webhook: Webhook) =>
  webhookToWire(webhook, { publicUrl, slug: ctx.organization.slug })

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
    description: `An address for one sender, and where its deliveries go: forwarded to targetUrl, or run by targetAgentId, once each. To name an agent the caller must be able to run it: agents:execute, and of people the role Editor. One whose provider signs takes nothing before its secret is set by :rotateSecret. At most ${WEBHOOKS_MAX} in an organization. ${SECRETS}`,
    idempotent: true,
    conflicts: true,
    body: { schema: createBody, required: true },
    success: {
      status: 201,
      description: 'The endpoint, and the secret of its forwards this once.',
      schema: createdWebhookSchema,
    },
    run: async (call) => {
      const { webhook, forwardSecret } = await createWebhook(
        call.ctx,
        rules(),
        call.body,
        idempotency(call),
      )
      return json({ webhook: toWire(call, webhook), forwardSecret }, 201, {
        Location: `${call.path}/${webhook.id}`,
      })
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
    summary: 'Rename an endpoint, lead it elsewhere, pause or resume it',
    description: `A paused endpoint takes deliveries and holds them; resuming forwards them. A new target takes the place of the old; an agent is for those who may run it. ${ADMINS}`,
    body: { schema: patchWebhookSchema, required: true },
    success: { status: 200, description: 'The endpoint now.', schema: webhookSchema },
    run: async (call) => {
      const wish = { webhookId: call.id('webhook'), ...call.body }
      return json(toWire(call, await patchWebhook(call.ctx, rules(), wish)))
    },
  }),
  operation({
    ...INBOUND_WRITES,
    id: 'deleteWebhook',
    method: 'delete',
    path: WEBHOOK_PATH,
    summary: 'Delete an endpoint',
    description: `For good, with its secrets and every delivery, forwarded or not. ${ADMINS}`,
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
    summary: 'Set or replace a signing secret',
    description: `The one before is good for ${OVERLAP_HOURS_DEFAULT} hours more unless told: either is accepted, both sign. Of more than two the oldest ends, so send an Idempotency-Key with what may be sent twice. ${SECRETS}`,
    idempotent: true,
    conflicts: true,
    body: { schema: rotateWebhookSecretSchema, required: true },
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
