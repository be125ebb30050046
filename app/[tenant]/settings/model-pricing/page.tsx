import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Suspense } from 'react'
import { dashboardContext } from '@/app/_session/dashboard-context'
import { tabLinks, tabOf } from '@/app/[tenant]/settings/_tabs'
import { CalculatorTab } from '@/app/[tenant]/settings/model-pricing/_calculator-tab'
import { CorrectionsTab } from '@/app/[tenant]/settings/model-pricing/_corrections-tab'
import { PricesTab } from '@/app/[tenant]/settings/model-pricing/_prices-tab'
import { WhatIfTab } from '@/app/[tenant]/settings/model-pricing/_what-if-tab'
import { sectionOf } from '@/app/[tenant]/settings/sections'
import { PageHeader } from '@/components/settings/page-header'
import { ListSkeleton } from '@/components/settings/page-skeleton'
import { SkeletonRegion } from '@/components/ui/skeleton'
import { TabsNav } from '@/components/ui/tabs-nav'

const SECTION = sectionOf('model-pricing')

type SearchParams = Record<string, string | string[] | undefined>
type PageProps = { params: Promise<{ tenant: string }>; searchParams: Promise<SearchParams> }

const TABS = [
  { id: 'prices', label: 'Prices', Content: PricesTab },
  { id: 'calculator', label: 'Calculator', Content: CalculatorTab },
  { id: 'what-if', label: 'What if', Content: WhatIfTab },
  { id: 'corrections', label: 'Unpriced and corrections', Content: CorrectionsTab },
] as const

export async function generateMetadata({ searchParams }: PageProps): Promise<Metadata> {
  return { title: `${tabOf(TABS, await searchParams).label} · ${SECTION.title}` }
}

export default async function ModelPricingPage({ params, searchParams }: PageProps) {
  const { tenant } = await params
  const query = await searchParams
  const ctx = await dashboardContext(tenant)
  // Asked before anything is sent, because after that the status could only be 200.
  if (!SECTION.visibleTo(ctx.principal)) notFound()
  const current = tabOf(TABS, query)
  return (
    <>
      <PageHeader title={SECTION.title} description={SECTION.description} />
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
        <current.Content tenant={tenant} searchParams={query} />
      </Suspense>
    </>
  )
}
