import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { dashboardContext } from '@/app/_session/dashboard-context'
import { tabLinks, tabOf } from '@/app/[tenant]/settings/_tabs'
import { LeaksTab } from '@/app/[tenant]/settings/api-access/_leaks-tab'
import { PersonalTokensTab } from '@/app/[tenant]/settings/api-access/_personal-tokens-tab'
import { PolicyTab } from '@/app/[tenant]/settings/api-access/_policy-tab'
import { ServiceAccountsTab } from '@/app/[tenant]/settings/api-access/_service-accounts-tab'
import { sectionOf } from '@/app/[tenant]/settings/sections'
import { PageHeader } from '@/components/settings/page-header'
import { TabsNav } from '@/components/ui/tabs-nav'

const SECTION = sectionOf('api-access')

type SearchParams = Record<string, string | string[] | undefined>
type PageProps = { params: Promise<{ tenant: string }>; searchParams: Promise<SearchParams> }

const TABS = [
  { id: 'personal', label: 'Personal tokens', Content: PersonalTokensTab },
  { id: 'service-accounts', label: 'Service accounts', Content: ServiceAccountsTab },
  { id: 'leaks', label: 'Leaks', Content: LeaksTab },
  { id: 'policy', label: 'Policy', Content: PolicyTab },
] as const

export async function generateMetadata({ searchParams }: PageProps): Promise<Metadata> {
  return { title: `${tabOf(TABS, await searchParams).label} · ${SECTION.title}` }
}

export default async function ApiAccessPage({ params, searchParams }: PageProps) {
  const { tenant } = await params
  const query = await searchParams
  const ctx = await dashboardContext(tenant)
  if (!SECTION.visibleTo(ctx.principal)) notFound()
  const current = tabOf(TABS, query)
  return (
    <>
      <PageHeader
        title={SECTION.title}
        description={SECTION.description}
        docsHref="/docs/api"
        docsLabel="API reference"
      />
      <TabsNav
        label={SECTION.title}
        items={tabLinks(TABS, current, `/${tenant}/settings/${SECTION.slug}`)}
      />
      <current.Content tenant={tenant} searchParams={query} />
    </>
  )
}
