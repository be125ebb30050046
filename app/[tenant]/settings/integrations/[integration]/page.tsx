import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { cache } from 'react'
import { dashboardContext } from '@/app/_session/dashboard-context'
import { tabLinks, tabOf } from '@/app/[tenant]/settings/_tabs'
import { sectionOf } from '@/app/[tenant]/settings/sections'
import { IntegrationHeader } from '@/components/integrations/integration-header'
import { TabsNav } from '@/components/ui/tabs-nav'
import { isDomainError } from '@/lib/errors'
import { getMcp } from '@/lib/integrations/mcp-config'
import { McpTab, OverviewTab } from './_integration-tabs'

type PageProps = {
  params: Promise<{ tenant: string; integration: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

const TABS = [
  { id: 'overview', label: 'Overview', Content: OverviewTab },
  { id: 'mcp', label: 'MCP', Content: McpTab },
] as const

/** The integration, or the page that a missing, foreign or unseen one all get. */
const publicationOf = cache(async (tenant: string, asked: string) => {
  const ctx = await dashboardContext(tenant)
  if (!sectionOf('integrations').visibleTo(ctx.principal)) notFound()
  try {
    return await getMcp(ctx, { integration: decodeURIComponent(asked) })
  } catch (error) {
    if (isDomainError(error) && error.kind === 'not-found') notFound()
    throw error
  }
})

export async function generateMetadata({ params, searchParams }: PageProps): Promise<Metadata> {
  const { tenant, integration: asked } = await params
  const { integration } = await publicationOf(tenant, asked)
  const { label } = tabOf(TABS, await searchParams)
  return { title: `${label} · ${integration.displayName} · Integrations` }
}

export default async function IntegrationPage({ params, searchParams }: PageProps) {
  const { tenant, integration: asked } = await params
  const query = await searchParams
  const ctx = await dashboardContext(tenant)
  const publication = await publicationOf(tenant, asked)
  const { id, displayName } = publication.integration
  const base = `/${tenant}/settings/integrations/${id}`
  const current = tabOf(TABS, query)
  // The audit log and notices lead here by the uid.
  if (asked !== id) redirect(current.id === 'overview' ? base : `${base}?tab=${current.id}`)
  return (
    <>
      <IntegrationHeader publication={publication} listHref={`/${tenant}/settings/integrations`} />
      <TabsNav label={displayName} items={tabLinks(TABS, current, base)} />
      <current.Content ctx={ctx} publication={publication} />
    </>
  )
}
