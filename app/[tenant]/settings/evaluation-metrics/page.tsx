import type { Metadata } from 'next'
import { type SearchParams, TabbedSection } from '@/app/[tenant]/settings/_tabbed-section'
import { tabOf } from '@/app/[tenant]/settings/_tabs'
import { AgentsTab } from '@/app/[tenant]/settings/evaluation-metrics/_agents-tab'
import { DatasetsTab } from '@/app/[tenant]/settings/evaluation-metrics/_datasets-tab'
import { MetricsTab } from '@/app/[tenant]/settings/evaluation-metrics/_metrics-tab'
import { sectionOf } from '@/app/[tenant]/settings/sections'

const SECTION = sectionOf('evaluation-metrics')

type PageProps = { params: Promise<{ tenant: string }>; searchParams: Promise<SearchParams> }

const TABS = [
  { id: 'metrics', label: 'Metrics', Content: MetricsTab },
  { id: 'agents', label: 'Agents', Content: AgentsTab },
  { id: 'datasets', label: 'Datasets', Content: DatasetsTab },
] as const

export async function generateMetadata({ searchParams }: PageProps): Promise<Metadata> {
  return { title: `${tabOf(TABS, await searchParams).label} · ${SECTION.title}` }
}

export default async function EvaluationMetricsPage({ params, searchParams }: PageProps) {
  const { tenant } = await params
  return (
    <TabbedSection
      section={SECTION}
      tabs={TABS}
      tenant={tenant}
      searchParams={await searchParams}
    />
  )
}
