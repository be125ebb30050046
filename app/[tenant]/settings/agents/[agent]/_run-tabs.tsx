import { notFound } from 'next/navigation'
import type { DashboardContext } from '@/app/_session/dashboard-context'
import { SECTIONS, type Section } from '@/app/[tenant]/settings/sections'
import { NoProvider, NothingDeployed } from '@/components/execution/not-runnable'
import { RunDetail } from '@/components/execution/run-detail'
import { EmptyState } from '@/components/ui/empty-state'
import { can, seesOrganizationInventory } from '@/lib/access/principal'
import { readDeployedRevision } from '@/lib/agents/deployments'
import { type AgentSummary, reaches } from '@/lib/agents/model'
import { isDomainError } from '@/lib/errors'
import type { Execution } from '@/lib/execution/model'
import { getExecution, listExecutions } from '@/lib/execution/queries'
import { isUuid } from '@/lib/ids'
import { runtime } from '@/lib/runtime'
import { ORIGINS } from '@/lib/usage/origin'
import { RunsTable, TryIt } from './_tab-code'

type TabProps = {
  ctx: DashboardContext
  agent: AgentSummary
  query: Record<string, string | string[] | undefined>
}

export async function RunsTab({ ctx, agent, query }: TabProps) {
  const { organization, principal, now } = ctx
  const viewer = { tenant: organization.slug, seesAccounts: seesOrganizationInventory(principal) }
  if (typeof query.run === 'string') {
    return <RunDetail run={await runOf(ctx, agent, query.run)} viewer={viewer} />
  }
  const origin = ORIGINS.find((one) => one === query.origin) ?? null
  const firstPage = await listExecutions(ctx, { agent: agent.id, origin: origin ?? undefined })
  return (
    <RunsTable
      key={`${origin} ${firstPage.items[0]?.id}`}
      agent={agent}
      origin={origin}
      firstPage={firstPage}
      viewer={viewer}
      now={now}
    />
  )
}

export async function TryItTab({ ctx, agent }: TabProps) {
  const base = `/${ctx.organization.slug}/settings`
  if (!reaches(agent.yourRole, 'EDITOR') || !can(ctx.principal, 'agents:test')) {
    return (
      <EmptyState
        title="Editors try it"
        description="Running the agent needs the role Editor on it. An admin of the agent can give it to you."
      />
    )
  }
  if (agent.archivedAt !== null) {
    return <EmptyState title="It is archived" description="Restore the agent to run it again." />
  }
  if (agent.deployedRevision === null) {
    return <NothingDeployed revisionsHref={`${base}/agents/${agent.id}?tab=revisions`} />
  }
  const { number, definition } = await readDeployedRevision(ctx, { agent: agent.id })
  if (!(await isProviderSetUp(ctx, definition))) {
    const sections: readonly Section[] = SECTIONS
    const section = sections.find(({ slug }) => slug === 'llm-providers')
    const providersHref = section?.visibleTo(ctx.principal) ? `${base}/${section.slug}` : null
    return <NoProvider provider={definition.provider} providersHref={providersHref} />
  }
  return (
    <TryIt
      key={number}
      tenant={ctx.organization.slug}
      agent={agent}
      revision={number}
      parameters={definition.parameters}
      address={`${runtime().environment.PUBLIC_URL}/v1/tenants/${ctx.organization.slug}/agents/${agent.id}:execute`}
    />
  )
}

async function isProviderSetUp(
  ctx: DashboardContext,
  definition: { provider: string; model: string },
): Promise<boolean> {
  try {
    await runtime().execution.openModel(ctx, definition)
    return true
  } catch (error) {
    if (isDomainError(error) && error.code === 'provider_not_configured') return false
    throw error
  }
}

/** A run of this agent, or the page that everything else gets. */
async function runOf(ctx: DashboardContext, agent: AgentSummary, id: string): Promise<Execution> {
  if (!isUuid(id)) notFound()
  try {
    const run = await getExecution(ctx, { execution: id })
    if (run.agentUid === agent.uid) return run
  } catch (error) {
    if (!isDomainError(error) || error.kind !== 'not-found') throw error
  }
  notFound()
}
