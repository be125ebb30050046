import { authorize, requireOrganizationInventory } from '@/lib/access/authorize'
import type { Context } from '@/lib/context'
import { notFound } from '@/lib/errors'
import type { Webhook } from '@/lib/inbound/model'
import { selectWebhook, selectWebhooks } from '@/lib/inbound/webhook-rows'
import { PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX, type Page, type PageRequest } from '@/lib/paging'

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

/** The same by pages. @throws DomainError forbidden | invalid at /query/pageToken */
export async function listWebhookPage(ctx: Context, request: PageRequest): Promise<Page<Webhook>> {
  authorizeInboundReading(ctx)
  const list = ['webhooks', ctx.organization.id]
  const cursor = ctx.crypto.pageTokens.open(list, request.pageToken)
  const size = Math.min(Math.max(request.pageSize || PAGE_SIZE_DEFAULT, 1), PAGE_SIZE_MAX)
  // Few enough to be read at once (WEBHOOKS_MAX).
  const webhooks = await selectWebhooks(ctx.db.pool, ctx.organization.id)
  const rest = cursor ? webhooks.filter((webhook) => isAfter(webhook, cursor)) : webhooks
  const items = rest.slice(0, size)
  const last = rest.length > size ? items.at(-1) : undefined
  return {
    items,
    nextPageToken: last ? ctx.crypto.pageTokens.seal(list, [last.createdAt, last.id]) : '',
    totalCount: webhooks.length,
  }
}

/** In the order of the list: newest first. */
function isAfter({ id, createdAt }: Webhook, [at, lastId]: readonly unknown[]): boolean {
  return createdAt === at ? id < String(lastId) : createdAt < Number(at)
}

/** @throws DomainError forbidden | not-found */
export async function getWebhook(ctx: Context, input: { webhookId: string }): Promise<Webhook> {
  authorizeInboundReading(ctx)
  const webhook = await selectWebhook(ctx.db.pool, ctx.organization.id, input.webhookId)
  if (!webhook) throw notFound()
  return webhook
}
