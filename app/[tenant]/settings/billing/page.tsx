import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Suspense } from 'react'
import { dashboardContext } from '@/app/_session/dashboard-context'
import { tabLinks, tabOf } from '@/app/[tenant]/settings/_tabs'
import { BackFromPayment } from '@/app/[tenant]/settings/billing/_billing-code'
import { DetailsTab } from '@/app/[tenant]/settings/billing/_details-tab'
import { InvoicesTab } from '@/app/[tenant]/settings/billing/_invoices-tab'
import { OverdueNotice } from '@/app/[tenant]/settings/billing/_overdue-notice'
import { OverviewTab } from '@/app/[tenant]/settings/billing/_overview-tab'
import { PeriodTab } from '@/app/[tenant]/settings/billing/_period-tab'
import { sectionOf } from '@/app/[tenant]/settings/sections'
import { CARD_BEFORE } from '@/components/billing/card-return'
import { PageHeader } from '@/components/settings/page-header'
import { ListSkeleton } from '@/components/settings/page-skeleton'
import { SkeletonRegion } from '@/components/ui/skeleton'
import { TabsNav } from '@/components/ui/tabs-nav'
import { runtime } from '@/lib/runtime'

const SECTION = sectionOf('billing')

type SearchParams = Record<string, string | string[] | undefined>
type PageProps = { params: Promise<{ tenant: string }>; searchParams: Promise<SearchParams> }

const TABS = [
  { id: 'overview', label: 'Overview', Content: OverviewTab },
  { id: 'period', label: 'This period', Content: PeriodTab },
  { id: 'invoices', label: 'Invoices', Content: InvoicesTab },
  { id: 'details', label: 'Billing details', Content: DetailsTab },
] as const

export async function generateMetadata({ searchParams }: PageProps): Promise<Metadata> {
  return { title: `${tabOf(TABS, await searchParams).label} · ${SECTION.title}` }
}

export default async function BillingPage({ params, searchParams }: PageProps) {
  const { tenant } = await params
  const query = await searchParams
  const ctx = await dashboardContext(tenant)
  // Asked before anything is sent, because after that the status could only be 200.
  if (!SECTION.visibleTo(ctx.principal)) notFound()
  const current = tabOf(TABS, query)
  const cardBefore = runtime().billing.collector ? query[CARD_BEFORE] : undefined
  return (
    <>
      <PageHeader title={SECTION.title} description={SECTION.description} />
      {typeof cardBefore === 'string' ? (
        <BackFromPayment tenant={tenant} before={cardBefore} />
      ) : null}
      <OverdueNotice tenant={tenant} />
      <TabsNav
        label={SECTION.title}
        items={tabLinks(TABS, current, `/${tenant}/settings/${SECTION.slug}`)}
      />
      <Suspense
        key={current.id}
        fallback={
          <SkeletonRegion>
            <ListSkeleton />
          </SkeletonRegion>
        }
      >
        <current.Content tenant={tenant} />
      </Suspense>
    </>
  )
}
