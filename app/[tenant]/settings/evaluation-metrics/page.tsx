import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Suspense } from 'react'
import { dashboardContext } from '@/app/_session/dashboard-context'
import { tabLinks, tabOf } from '@/app/[tenant]/settings/_tabs'
import { AgentsTab } from '@/app/[tenant]/settings/evaluation-metrics/_agents-tab'
import { MetricsTab } from '@/app/[tenant]/settings/evaluation-metrics/_metrics-tab'
import { sectionOf } from '@/app/[tenant]/settings/sections'
import { PageHeader } from '@/components/settings/page-header'
import { ListSkeleton } from '@/components/settings/page-skeleton'
import { SkeletonRegion } from '@/components/ui/skeleton'
import { TabsNav } from '@/components/ui/tabs-nav'

const SECTION = sectionOf('evaluation-metrics')

type SearchParams = Record<string, string | string[] | undefined>
type PageProps = { params: Promise<{ tenant: string }>; searchParams: Promise<SearchParams> }

const TABS = [
  { id: 'metrics', label: 'Metrics', Content: MetricsTab },
  { id: 'agents', label: 'Agents', Content: AgentsTab },
] as const

export async function generateMetadata({ searchParams }: PageProps): Promise<Metadata> {
  return { title: `${tabOf(TABS, await searchParams).label} · ${SECTION.title}` }
}

export default async function EvaluationMetricsPage({ params, searchParams }: PageProps) {
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
