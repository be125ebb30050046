import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { dashboardContext } from '@/app/_session/dashboard-context'
import { sectionOf } from '@/app/[tenant]/settings/sections'
import { DeliveryContent } from '@/components/inbound/delivery-content'
import { DeliveryFacts } from '@/components/inbound/delivery-facts'
import { DeliverySubscribers } from '@/components/inbound/delivery-subscribers'
import { RedeliverButton } from '@/components/inbound/redeliver-button'
import { RefreshWhile } from '@/components/inbound/refresh-while'
import { PageHeader } from '@/components/settings/page-header'
import { BackLink } from '@/components/ui/back-link'
import { TextLink } from '@/components/ui/text-link'
import { isDomainError } from '@/lib/errors'
import { isUuid } from '@/lib/ids'
import { getInboundDelivery } from '@/lib/inbound/deliveries'

type PageProps = { params: Promise<{ tenant: string; delivery: string }> }

const deliveryOf = cache(async (tenant: string, deliveryId: string) => {
  const ctx = await dashboardContext(tenant)
  if (!sectionOf('inbound').visibleTo(ctx.principal) || !isUuid(deliveryId)) notFound()
  const delivery = await getInboundDelivery(ctx, { deliveryId }).catch((error: unknown) => {
    if (isDomainError(error) && error.kind === 'not-found') notFound()
    throw error
  })
  return { ctx, delivery, title: delivery.eventType ?? 'Delivery' }
})

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  const { tenant, delivery } = await params
  return { title: `${(await deliveryOf(tenant, delivery)).title} · Inbound` }
}

export default async function DeliveryPage({ params }: PageProps) {
  const { tenant, delivery: deliveryId } = await params
  const { ctx, delivery, title } = await deliveryOf(tenant, deliveryId)
  const base = `/${tenant}/settings/inbound`
  return (
    <>
      <div className="flex flex-col gap-3">
        <BackLink href={`${base}/deliveries`}>Deliveries</BackLink>
        <PageHeader
          title={title}
          description={
            <>
              Came in by{' '}
              <TextLink href={`${base}/${delivery.webhookId}`}>{delivery.webhookName}</TextLink>
            </>
          }
          actions={<RedeliverButton tenant={tenant} delivery={delivery} />}
        />
      </div>
      <RefreshWhile waiting={delivery.dispatches.some(({ state }) => state === 'WAITING')} />
      <DeliveryFacts delivery={delivery} now={ctx.now} />
      <DeliverySubscribers tenant={tenant} delivery={delivery} now={ctx.now} />
      <DeliveryContent delivery={delivery} />
    </>
  )
}
