import type { Metadata } from 'next'
import { type SearchParams, TabbedSection } from '@/app/[tenant]/settings/_tabbed-section'
import { tabOf } from '@/app/[tenant]/settings/_tabs'
import { BackFromPayment } from '@/app/[tenant]/settings/billing/_billing-code'
import { DetailsTab } from '@/app/[tenant]/settings/billing/_details-tab'
import { InvoicesTab } from '@/app/[tenant]/settings/billing/_invoices-tab'
import { OverdueNotice } from '@/app/[tenant]/settings/billing/_overdue-notice'
import { OverviewTab } from '@/app/[tenant]/settings/billing/_overview-tab'
import { PeriodTab } from '@/app/[tenant]/settings/billing/_period-tab'
import { sectionOf } from '@/app/[tenant]/settings/sections'
import { CARD_BEFORE } from '@/components/billing/card-return'
import { runtime } from '@/lib/runtime'

const SECTION = sectionOf('billing')

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
  const cardBefore = runtime().billing.collector ? query[CARD_BEFORE] : undefined
  const notice = (
    <>
      {typeof cardBefore === 'string' ? (
        <BackFromPayment tenant={tenant} before={cardBefore} />
      ) : null}
      <OverdueNotice tenant={tenant} />
    </>
  )
  return (
    <TabbedSection
      section={SECTION}
      tabs={TABS}
      tenant={tenant}
      searchParams={query}
      notice={notice}
    />
  )
}
