'use server'

import { z } from 'zod'
import { action } from '@/app/_session/action-result'
import { subscriberRules } from '@/lib/execution/inbound-target'
import { createWebhook, deleteWebhook, patchWebhook } from '@/lib/inbound/commands'
import { listInboundDeliveries } from '@/lib/inbound/deliveries'
import { EVENT_FILTER_MAX } from '@/lib/inbound/event-filter'
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
const rules = () => subscriberRules(runtime().environment.INBOUND_PRIVATE_TARGETS)

export const addWebhook = action(createWebhookSchema, (ctx, wish) =>
  createWebhook(ctx, rules(), wish),
)

export const changeWebhook = action(onWebhook.extend(patchWebhookSchema.shape), (ctx, change) =>
  patchWebhook(ctx, change),
)

export const removeWebhook = action(onWebhook, (ctx, webhook) => deleteWebhook(ctx, webhook))

export const setWebhookSecret = action(
  onWebhook.extend(rotateWebhookSecretSchema.shape),
  (ctx, wish) => rotateWebhookSecret(ctx, wish),
)

/** Of one subscriber alone, or null for all. */
const whose = { subscriptionId: z.uuid().nullable() }

export const sendAgain = action(
  z.strictObject({ deliveryId: z.uuid(), ...whose }),
  (ctx, { deliveryId, subscriptionId }) =>
    redeliver(ctx, { deliveryId, subscriptionId: subscriptionId ?? undefined }),
)

export const sendAllAgain = action(onWebhook.extend(whose), (ctx, { webhookId, subscriptionId }) =>
  redeliverDead(ctx, { webhookId, subscriptionId: subscriptionId ?? undefined }),
)

export const loadDeliveries = action(
  z.strictObject({
    pageToken: z.string().max(PAGE_TOKEN_MAX),
    state: z.enum(DELIVERY_STATES).nullable(),
    webhookId: webhookIdSchema.nullable(),
    event: z.string().max(EVENT_FILTER_MAX).nullable(),
  }),
  (ctx, { pageToken, state, webhookId, event }) =>
    listInboundDeliveries(ctx, {
      pageToken,
      event: event ?? undefined,
      state: state ?? undefined,
      webhookId: webhookId ?? undefined,
    }),
)
