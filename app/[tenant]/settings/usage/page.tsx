import type { Metadata } from 'next'
import { type SearchParams, TabbedSection } from '@/app/[tenant]/settings/_tabbed-section'
import { tabOf } from '@/app/[tenant]/settings/_tabs'
import { sectionOf } from '@/app/[tenant]/settings/sections'
import { BudgetsTab } from '@/app/[tenant]/settings/usage/_budgets-tab'
import { EventsTab } from '@/app/[tenant]/settings/usage/_events-tab'
import { ModelsTab } from '@/app/[tenant]/settings/usage/_models-tab'
import { RequestsTab } from '@/app/[tenant]/settings/usage/_requests-tab'
import { TokensTab } from '@/app/[tenant]/settings/usage/_tokens-tab'

const SECTION = sectionOf('usage')

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
  return (
    <TabbedSection
      section={SECTION}
      tabs={TABS}
      tenant={tenant}
      searchParams={await searchParams}
    />
  )
}
