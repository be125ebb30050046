import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { dashboardContext } from '@/app/_session/dashboard-context'
import { InboundTabs } from '@/app/[tenant]/settings/inbound/_inbound-tabs'
import { sectionOf } from '@/app/[tenant]/settings/sections'
import { DeadLetterNotice } from '@/components/inbound/dead-letter-notice'
import { DeliveryFilters } from '@/components/inbound/delivery-filters'
import { DeliveryLog } from '@/components/inbound/delivery-log'
import { RefreshWhile } from '@/components/inbound/refresh-while'
import { PageHeader } from '@/components/settings/page-header'
import { countInboundDeliveries, listInboundDeliveries } from '@/lib/inbound/deliveries'
import { filterComplaint, normalFilter } from '@/lib/inbound/event-filter'
import { DELIVERY_STATES } from '@/lib/inbound/model'
import { listWebhooks } from '@/lib/inbound/queries'
import { countDeadLetter } from '@/lib/inbound/redeliver-dead'

const SECTION = sectionOf('inbound')

export const metadata: Metadata = { title: 'Deliveries · Inbound' }

type PageProps = {
  params: Promise<{ tenant: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function DeliveriesPage({ params, searchParams }: PageProps) {
  const { tenant } = await params
  const query = await searchParams
  const ctx = await dashboardContext(tenant)
  if (!SECTION.visibleTo(ctx.principal)) notFound()
  const webhooks = await listWebhooks(ctx)
  const state = DELIVERY_STATES.find((one) => one === query.state) ?? null
  const webhook = webhooks.find(({ id }) => id === query.webhook) ?? null
  const webhookId = webhook?.id ?? null
  const typed = typeof query.event === 'string' ? query.event : ''
  const complaint = filterComplaint(typed)
  const event = complaint === null ? normalFilter(typed) : null
  const of = { webhookId: webhookId ?? undefined, event: event ?? undefined }
  const [firstPage, counts, dead] = await Promise.all([
    listInboundDeliveries(ctx, { ...of, state: state ?? undefined }),
    countInboundDeliveries(ctx, of),
    webhook && state === 'DEAD' ? countDeadLetter(ctx, { webhookId: webhook.id }) : null,
  ])
  return (
    <>
      <PageHeader title={SECTION.title} description={SECTION.description} />
      <InboundTabs tenant={tenant} current="deliveries" />
      <RefreshWhile waiting={(counts.WAITING ?? 0) > 0} />
      <DeliveryFilters
        base={`/${tenant}/settings/inbound/deliveries`}
        filter={{ state, webhookId, event: complaint === null ? event : typed }}
        complaint={complaint}
        counts={counts}
        webhooks={webhooks.map(({ id, name }) => ({ id, name }))}
      />
      {webhook && dead ? <DeadLetterNotice tenant={tenant} webhook={webhook} dead={dead} /> : null}
      <DeliveryLog
        key={`${state} ${webhookId} ${event}`}
        tenant={tenant}
        now={ctx.now}
        filter={{ state, webhookId, event }}
        firstPage={firstPage}
      />
    </>
  )
}
