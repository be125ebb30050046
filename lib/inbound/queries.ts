import { authorize, requireOrganizationInventory } from '@/lib/access/authorize'
import type { Context } from '@/lib/context'
import { notFound } from '@/lib/errors'
import type { Webhook } from '@/lib/inbound/model'
import { selectWebhook, selectWebhooks } from '@/lib/inbound/webhook-rows'

/** What comes in holds what customers of the organization do: it is for those alone who see all of the organization. */
export function authorizeInboundReading({ principal }: Context): void {
  authorize(principal, 'integrations:read')
  requireOrganizationInventory(principal)
}

/** Every endpoint, newest first. @throws DomainError forbidden */
export async function listWebhooks(ctx: Context): Promise<Webhook[]> {
  authorizeInboundReading(ctx)
  return selectWebhooks(ctx.db.pool, ctx.organization.id)
}

/** @throws DomainError forbidden | not-found */
export async function getWebhook(ctx: Context, input: { webhookId: string }): Promise<Webhook> {
  authorizeInboundReading(ctx)
  const webhook = await selectWebhook(ctx.db.pool, ctx.organization.id, input.webhookId)
  if (!webhook) throw notFound()
  return webhook
}
