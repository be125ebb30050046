import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Suspense } from 'react'
import { dashboardContext } from '@/app/_session/dashboard-context'
import { tabLinks, tabOf } from '@/app/[tenant]/settings/_tabs'
import { sectionOf } from '@/app/[tenant]/settings/sections'
import { BudgetsTab } from '@/app/[tenant]/settings/usage/_budgets-tab'
import { EventsTab } from '@/app/[tenant]/settings/usage/_events-tab'
import { ModelsTab } from '@/app/[tenant]/settings/usage/_models-tab'
import { RequestsTab } from '@/app/[tenant]/settings/usage/_requests-tab'
import { TokensTab } from '@/app/[tenant]/settings/usage/_tokens-tab'
import { PageHeader } from '@/components/settings/page-header'
import { ListSkeleton } from '@/components/settings/page-skeleton'
import { SkeletonRegion } from '@/components/ui/skeleton'
import { TabsNav } from '@/components/ui/tabs-nav'

const SECTION = sectionOf('usage')

type SearchParams = Record<string, string | string[] | undefined>
type PageProps = { params: Promise<{ tenant: string }>; searchParams: Promise<SearchParams> }

const TABS = [
  { id: 'models', label: 'Models', Content: ModelsTab },
  { id: 'requests', label: 'Requests and storage', Content: RequestsTab },
  { id: 'tokens', label: 'By token', Content: TokensTab },
  { id: 'events', label: 'Events', Content: EventsTab },
  { id: 'budgets', label: 'Budgets', Content: BudgetsTab },
] as const

export async function generateMetadata({ searchParams }: PageProps): Promise<Metadata> {
  return { title: `${tabOf(TABS, await searchParams).label} · ${SECTION.title}` }
}

export default async function UsagePage({ params, searchParams }: PageProps) {
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
