import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { dashboardContext } from '@/app/_session/dashboard-context'
import { sectionOf } from '@/app/[tenant]/settings/sections'
import { AddressCard } from '@/components/inbound/address-card'
import { DeadLetterNotice } from '@/components/inbound/dead-letter-notice'
import { DeliveryLog } from '@/components/inbound/delivery-log'
import { RefreshWhile } from '@/components/inbound/refresh-while'
import { SecretsCard } from '@/components/inbound/secrets-card'
import { SubscribersCard } from '@/components/inbound/subscribers-card'
import { WebhookActions } from '@/components/inbound/webhook-actions'
import { WebhookHeader } from '@/components/inbound/webhook-header'
import { countWords } from '@/components/settings/count-words'
import { SectionCard } from '@/components/settings/section-card'
import { TextLink } from '@/components/ui/text-link'
import type { Context } from '@/lib/context'
import { isDomainError } from '@/lib/errors'
import { listRunnableAgents } from '@/lib/execution/runnable-agents'
import { isUuid } from '@/lib/ids'
import { listInboundDeliveries } from '@/lib/inbound/deliveries'
import { PROVIDER_FACTS } from '@/lib/inbound/model'
import { getWebhook } from '@/lib/inbound/queries'
import { countDeadLetter } from '@/lib/inbound/redeliver-dead'
import { listSubscriptions } from '@/lib/inbound/subscriptions'
import { COUNTED_TO } from '@/lib/paging'
import { runtime } from '@/lib/runtime'

type PageProps = { params: Promise<{ tenant: string; webhook: string }> }

const RECENT = 5

const webhookOf = cache(async (tenant: string, webhookId: string) => {
  const ctx = await dashboardContext(tenant)
  if (!sectionOf('inbound').visibleTo(ctx.principal) || !isUuid(webhookId)) notFound()
  const webhook = await getWebhook(ctx, { webhookId }).catch((error: unknown) => {
    if (isDomainError(error) && error.kind === 'not-found') notFound()
    throw error
  })
  return { ctx, webhook }
})

/** Each with what was given up at it. */
async function subscriptionsOf(ctx: Context, webhookId: string) {
  const subscriptions = await listSubscriptions(ctx, { webhookId })
  return Promise.all(
    subscriptions.map(async (subscription) => ({
      ...subscription,
      dead: await countDeadLetter(ctx, { webhookId, subscriptionId: subscription.id }),
    })),
  )
}

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  const { tenant, webhook } = await params
  return { title: `${(await webhookOf(tenant, webhook)).webhook.name} · Inbound` }
}

export default async function WebhookPage({ params }: PageProps) {
  const { tenant, webhook: webhookId } = await params
  const { ctx, webhook } = await webhookOf(tenant, webhookId)
  const [recent, dead, subscriptions, agents] = await Promise.all([
    listInboundDeliveries(ctx, { webhookId: webhook.id, pageSize: RECENT }),
    countDeadLetter(ctx, { webhookId: webhook.id }),
    subscriptionsOf(ctx, webhook.id),
    listRunnableAgents(ctx),
  ])
  const base = `/${tenant}/settings/inbound`
  const path = `/v1/tenants/${tenant}/webhooks/${PROVIDER_FACTS[webhook.provider].path}/${webhook.id}`
  return (
    <>
      <WebhookHeader
        webhook={webhook}
        listHref={base}
        actions={<WebhookActions tenant={tenant} webhook={webhook} />}
      />
      <RefreshWhile
        waiting={recent.items.some(({ dispatches }) =>
          dispatches.some(({ state }) => state === 'WAITING'),
        )}
      />
      <DeadLetterNotice
        tenant={tenant}
        webhook={webhook}
        dead={dead}
        listHref={`${base}/deliveries?state=DEAD&webhook=${webhook.id}`}
      />
      <AddressCard
        tenant={tenant}
        webhook={webhook}
        address={runtime().environment.PUBLIC_URL + path}
      />
      <SecretsCard tenant={tenant} webhook={webhook} />
      <SubscribersCard
        tenant={tenant}
        webhook={webhook}
        subscriptions={subscriptions}
        agents={agents}
      />
      <SectionCard
        title="Latest deliveries"
        actions={
          recent.totalCount > 0 ? (
            <TextLink href={`${base}/deliveries?webhook=${webhook.id}`} className="text-sm">
              All {countWords(recent.totalCount, COUNTED_TO)} deliveries
            </TextLink>
          ) : null
        }
        flush
      >
        <DeliveryLog
          tenant={tenant}
          now={ctx.now}
          filter={{ state: null, webhookId: webhook.id, event: null }}
          firstPage={{ ...recent, nextPageToken: '' }}
          embedded
        />
      </SectionCard>
    </>
  )
}
