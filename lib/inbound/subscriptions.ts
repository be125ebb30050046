import type { Context } from '@/lib/context'
import { notFound } from '@/lib/errors'
import type { Subscription } from '@/lib/inbound/model'
import { authorizeInboundReading, getWebhook } from '@/lib/inbound/queries'
import { selectSubscription, selectSubscriptions } from '@/lib/inbound/subscription-rows'

/** Which subscription of which endpoint. */
export interface NamedSubscription {
  webhookId: string
  subscriptionId: string
}

/** Those of an endpoint, the first one first; few enough for one answer (SUBSCRIPTIONS_MAX). @throws DomainError forbidden | not-found */
export async function listSubscriptions(
  ctx: Context,
  input: { webhookId: string },
): Promise<Subscription[]> {
  authorizeInboundReading(ctx)
  const { id } = await getWebhook(ctx, input)
  return selectSubscriptions(ctx.db.pool, ctx.organization.id, id)
}

/** @throws DomainError forbidden | not-found */
export async function getSubscription(
  ctx: Context,
  input: NamedSubscription,
): Promise<Subscription> {
  authorizeInboundReading(ctx)
  const subscription = await selectSubscription(ctx.db.pool, ctx.organization.id, input)
  if (!subscription) throw notFound()
  return subscription
}
