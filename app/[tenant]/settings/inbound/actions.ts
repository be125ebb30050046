'use server'

import { z } from 'zod'
import { action } from '@/app/_session/action-result'
import { targetRules } from '@/lib/execution/inbound-target'
import { createWebhook, deleteWebhook, patchWebhook } from '@/lib/inbound/commands'
import { listInboundDeliveries } from '@/lib/inbound/deliveries'
import { DELIVERY_STATES } from '@/lib/inbound/model'
import { redeliver } from '@/lib/inbound/redeliver'
import { redeliverDead } from '@/lib/inbound/redeliver-dead'
import { rotateWebhookSecret } from '@/lib/inbound/rotate-secret'
import {
  createWebhookSchema,
  patchWebhookSchema,
  rotateWebhookSecretSchema,
  webhookIdSchema,
} from '@/lib/inbound/schema'
import { runtime } from '@/lib/runtime'

const PAGE_TOKEN_MAX = 4096

const onWebhook = z.strictObject({ webhookId: webhookIdSchema })
const rules = () => targetRules(runtime().environment.INBOUND_PRIVATE_TARGETS)

export const addWebhook = action(createWebhookSchema, (ctx, wish) =>
  createWebhook(ctx, rules(), wish),
)

export const changeWebhook = action(onWebhook.extend(patchWebhookSchema.shape), (ctx, change) =>
  patchWebhook(ctx, rules(), change),
)

export const removeWebhook = action(onWebhook, (ctx, webhook) => deleteWebhook(ctx, webhook))

export const setWebhookSecret = action(
  onWebhook.extend(rotateWebhookSecretSchema.shape),
  (ctx, wish) => rotateWebhookSecret(ctx, wish),
)

export const sendAgain = action(z.strictObject({ deliveryId: z.uuid() }), (ctx, delivery) =>
  redeliver(ctx, delivery),
)

export const sendAllAgain = action(onWebhook, (ctx, webhook) => redeliverDead(ctx, webhook))

export const loadDeliveries = action(
  z.strictObject({
    pageToken: z.string().max(PAGE_TOKEN_MAX),
    state: z.enum(DELIVERY_STATES).nullable(),
    webhookId: webhookIdSchema.nullable(),
  }),
  (ctx, { pageToken, state, webhookId }) =>
    listInboundDeliveries(ctx, {
      pageToken,
      state: state ?? undefined,
      webhookId: webhookId ?? undefined,
    }),
)
