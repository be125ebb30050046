'use server'

import { z } from 'zod'
import { action } from '@/app/_session/action-result'
import { subscriberRules } from '@/lib/execution/inbound-target'
import {
  createSubscriptionSchema,
  patchSubscriptionSchema,
  rotateSubscriptionSecretSchema,
  webhookIdSchema,
} from '@/lib/inbound/schema'
import {
  createSubscription,
  deleteSubscription,
  patchSubscription,
  rotateSubscriptionSecret,
} from '@/lib/inbound/subscription-commands'
import { runtime } from '@/lib/runtime'

const onWebhook = z.strictObject({ webhookId: webhookIdSchema })
const onSubscription = onWebhook.extend({ subscriptionId: z.uuid() })
const rules = () => subscriberRules(runtime().environment.INBOUND_PRIVATE_TARGETS)

export const addSubscriber = action(onWebhook.extend(createSubscriptionSchema.shape), (ctx, wish) =>
  createSubscription(ctx, rules(), wish),
)

export const changeSubscriber = action(
  onSubscription.extend(patchSubscriptionSchema.shape),
  (ctx, change) => patchSubscription(ctx, rules(), change),
)

export const removeSubscriber = action(onSubscription, (ctx, named) =>
  deleteSubscription(ctx, named),
)

export const rotateReceiverSecret = action(
  onSubscription.extend(rotateSubscriptionSecretSchema.shape),
  (ctx, wish) => rotateSubscriptionSecret(ctx, wish),
)
