import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { dashboardContext } from '@/app/_session/dashboard-context'
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
  { id: 'policy', label: 'Policy', Content: PolicyTab },
] as const

function tabOf(searchParams: SearchParams) {
  return TABS.find((tab) => tab.id === searchParams.tab) ?? TABS[0]
}

export async function generateMetadata({ searchParams }: PageProps): Promise<Metadata> {
  return { title: `${tabOf(await searchParams).label} · ${SECTION.title}` }
}

export default async function ApiAccessPage({ params, searchParams }: PageProps) {
  const { tenant } = await params
  const query = await searchParams
  const ctx = await dashboardContext(tenant)
  if (!SECTION.visibleTo(ctx.principal)) notFound()
  const current = tabOf(query)
  const base = `/${tenant}/settings/${SECTION.slug}`
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
        items={TABS.map((tab) => ({
          href: tab.id === 'personal' ? base : `${base}?tab=${tab.id}`,
          label: tab.label,
          current: tab.id === current.id,
        }))}
      />
      <current.Content tenant={tenant} searchParams={query} />
    </>
  )
}
