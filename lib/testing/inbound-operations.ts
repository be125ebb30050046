import type { Context } from '@/lib/context'
import { isDomainError } from '@/lib/errors'
import { newId } from '@/lib/ids'
import { createWebhook, deleteWebhook, patchWebhook } from '@/lib/inbound/commands'
import {
  countInboundDeliveries,
  getInboundDelivery,
  listInboundDeliveries,
} from '@/lib/inbound/deliveries'
import { NO_AGENTS, receiver } from '@/lib/inbound/inbound-fixture'
import { getWebhook, listWebhookPage, listWebhooks } from '@/lib/inbound/queries'
import { deliverWebhook } from '@/lib/inbound/receive'
import { redeliver } from '@/lib/inbound/redeliver'
import { countDeadLetter, redeliverDead } from '@/lib/inbound/redeliver-dead'
import { rotateWebhookSecret } from '@/lib/inbound/rotate-secret'
import {
  createSubscription,
  deleteSubscription,
  patchSubscription,
  rotateSubscriptionSecret,
} from '@/lib/inbound/subscription-commands'
import { getSubscription, listSubscriptions } from '@/lib/inbound/subscriptions'
import type { Operation } from '@/lib/testing/operation'

const nobody = { webhookId: newId() }
const nothing = { deliveryId: newId() }
const nowhere = { ...nobody, subscriptionId: newId() }
const wish = { name: 'Orders', provider: 'GENERIC', subscription: receiver('shop') } as const

/** Who may ask is told that there is none: refusals come before that. */
async function reached(work: Promise<unknown>): Promise<unknown> {
  try {
    return await work
  } catch (error) {
    if (isDomainError(error) && error.kind === 'not-found') return undefined
    throw error
  }
}

const on = (run: (ctx: Context) => Promise<unknown>): Operation => ({
  on: 'organization',
  run: (ctx) => reached(run(ctx)),
})

/** What other systems send in. */
export const INBOUND_OPERATIONS: Record<string, Operation> = {
  listWebhooks: { on: 'organization', isRead: true, run: (ctx) => listWebhooks(ctx) },
  listWebhookPage: { on: 'organization', isRead: true, run: (ctx) => listWebhookPage(ctx, {}) },
  getWebhook: on((ctx) => getWebhook(ctx, nobody)),
  createWebhook: { on: 'organization', run: (ctx) => createWebhook(ctx, NO_AGENTS, wish) },
  patchWebhook: on((ctx) => patchWebhook(ctx, { ...nobody, paused: true })),
  deleteWebhook: on((ctx) => deleteWebhook(ctx, nobody)),
  rotateWebhookSecret: on((ctx) => rotateWebhookSecret(ctx, nobody)),
  listSubscriptions: on((ctx) => listSubscriptions(ctx, nobody)),
  getSubscription: on((ctx) => getSubscription(ctx, nowhere)),
  createSubscription: on((ctx) =>
    createSubscription(ctx, NO_AGENTS, { ...nobody, ...receiver('shop') }),
  ),
  patchSubscription: on((ctx) => patchSubscription(ctx, NO_AGENTS, { ...nowhere, paused: true })),
  deleteSubscription: on((ctx) => deleteSubscription(ctx, nowhere)),
  rotateSubscriptionSecret: on((ctx) => rotateSubscriptionSecret(ctx, nowhere)),
  listInboundDeliveries: {
    on: 'organization',
    isRead: true,
    run: (ctx) => listInboundDeliveries(ctx, {}),
  },
  countInboundDeliveries: {
    on: 'organization',
    isRead: true,
    run: (ctx) => countInboundDeliveries(ctx, {}),
  },
  getInboundDelivery: on((ctx) => getInboundDelivery(ctx, nothing)),
  redeliver: on((ctx) => redeliver(ctx, nothing)),
  countDeadLetter: { on: 'organization', isRead: true, run: (ctx) => countDeadLetter(ctx, nobody) },
  redeliverDead: on((ctx) => redeliverDead(ctx, nobody)),
  deliverWebhook: on((ctx) =>
    deliverWebhook(ctx, {
      ...nobody,
      provider: 'GENERIC',
      headers: new Headers(),
      body: new Uint8Array(),
      carrier: 'BEARER',
    }),
  ),
}
