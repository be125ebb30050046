import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { cache } from 'react'
import { dashboardContext } from '@/app/_session/dashboard-context'
import { tabLinks, tabOf } from '@/app/[tenant]/settings/_tabs'
import { AgentHeader } from '@/components/agents/agent-header'
import { TabsNav } from '@/components/ui/tabs-nav'
import type { AgentSummary } from '@/lib/agents/model'
import { getAgent } from '@/lib/agents/queries'
import { isDomainError } from '@/lib/errors'
import { CollaboratorsTab, DeploymentsTab, OverviewTab, RevisionsTab } from './_agent-tabs'
import { seesEvaluations } from './_evaluation-offer'
import { EvaluationsTab } from './_evaluations-tab'
import { RunsTab, TryItTab } from './_run-tabs'

type PageProps = {
  params: Promise<{ tenant: string; agent: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

const TABS = [
  { id: 'overview', label: 'Overview', Content: OverviewTab },
  { id: 'revisions', label: 'Revisions', Content: RevisionsTab },
  { id: 'runs', label: 'Runs', Content: RunsTab },
  { id: 'try', label: 'Try it', Content: TryItTab },
  { id: 'evaluations', label: 'Evaluations', Content: EvaluationsTab },
  { id: 'deployments', label: 'Deployments', Content: DeploymentsTab },
  { id: 'collaborators', label: 'Collaborators', Content: CollaboratorsTab },
] as const

/** The agent, or the page that a missing, foreign or unseen one all get. */
const agentOf = cache(async (tenant: string, agent: string): Promise<AgentSummary> => {
  const ctx = await dashboardContext(tenant)
  try {
    return await getAgent(ctx, { agent: decodeURIComponent(agent) })
  } catch (error) {
    if (isDomainError(error) && error.kind === 'not-found') notFound()
    throw error
  }
})

export async function generateMetadata({ params, searchParams }: PageProps): Promise<Metadata> {
  const { tenant, agent } = await params
  const { displayName } = await agentOf(tenant, agent)
  return { title: `${tabOf(TABS, await searchParams).label} · ${displayName} · Agents` }
}

export default async function AgentPage({ params, searchParams }: PageProps) {
  const { tenant, agent: asked } = await params
  const query = await searchParams
  const ctx = await dashboardContext(tenant)
  const agent = await agentOf(tenant, asked)
  const base = `/${tenant}/settings/agents/${agent.id}`
  // The audit log leads here by the uid.
  if (asked !== agent.id) redirect(base)
  const current = tabOf(TABS, query)
  const seen = TABS.filter(({ id }) => id !== 'evaluations' || seesEvaluations(ctx))
  return (
    <>
      <AgentHeader agent={agent} now={ctx.now} listHref={`/${tenant}/settings/agents`} />
      <TabsNav label={agent.displayName} items={tabLinks(seen, current, base)} />
      <current.Content ctx={ctx} agent={agent} query={query} />
    </>
  )
}
