import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { type DashboardContext, dashboardContext } from '@/app/_session/dashboard-context'
import { sectionOf } from '@/app/[tenant]/settings/sections'
import { AGENT_FILTERS } from '@/components/agents/agent-words'
import { AgentsPanel } from '@/components/agents/agents-panel'
import { readListFilters } from '@/components/settings/list-filters'
import { PageHeader } from '@/components/settings/page-header'
import { can, seesOrganizationInventory } from '@/lib/access/principal'
import type { AgentSummary } from '@/lib/agents/model'
import { listAgents } from '@/lib/agents/queries'
import { PAGE_SIZE_MAX } from '@/lib/paging'

const SECTION = sectionOf('agents')

type PageProps = {
  params: Promise<{ tenant: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export const metadata: Metadata = { title: SECTION.title }

export default async function AgentsPage({ params, searchParams }: PageProps) {
  const { tenant } = await params
  const ctx = await dashboardContext(tenant)
  if (!SECTION.visibleTo(ctx.principal)) notFound()
  return (
    <>
      <PageHeader
        title={SECTION.title}
        description={SECTION.description}
        docsHref="/docs/api"
        docsLabel="API reference"
      />
      <AgentsPanel
        agents={await allAgents(ctx)}
        viewer={{ tenant, seesAccounts: seesOrganizationInventory(ctx.principal) }}
        now={ctx.now}
        mayCreate={can(ctx.principal, 'agents:write')}
        initialFilters={readListFilters(await searchParams, AGENT_FILTERS)}
      />
    </>
  )
}

/** People make agents by hand: all of them fit into one table that filters at once. */
async function allAgents(ctx: DashboardContext): Promise<AgentSummary[]> {
  const agents: AgentSummary[] = []
  let pageToken = ''
  do {
    const page = await listAgents(ctx, {
      includeArchived: true,
      pageSize: PAGE_SIZE_MAX,
      pageToken,
    })
    agents.push(...page.items)
    pageToken = page.nextPageToken
  } while (pageToken !== '')
  return agents
}
