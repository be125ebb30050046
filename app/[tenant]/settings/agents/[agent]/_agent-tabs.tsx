import { notFound } from 'next/navigation'
import type { DashboardContext } from '@/app/_session/dashboard-context'
import { AgentOverview } from '@/components/agents/agent-overview'
import { RevisionComparison } from '@/components/agents/revision-comparison'
import { RevisionView } from '@/components/agents/revision-view'
import { can, seesOrganizationInventory } from '@/lib/access/principal'
import { listAccessRequests, readOwnAccessRequest } from '@/lib/agents/access-requests'
import { listCollaborators, readOwnCollaborator } from '@/lib/agents/collaborators'
import { listDeployments } from '@/lib/agents/deployments'
import { type AgentSummary, type Revision, reaches } from '@/lib/agents/model'
import { getRevision, listRevisions } from '@/lib/agents/revisions'
import { isDomainError } from '@/lib/errors'
import { runtime } from '@/lib/runtime'
import { listMembers } from '@/lib/team/queries'
import { CollaboratorsPanel, DeploymentsTable, RevisionsPanel } from './_tab-code'

type TabProps = {
  ctx: DashboardContext
  agent: AgentSummary
  query: Record<string, string | string[] | undefined>
}

function viewerOf({ organization, principal }: DashboardContext) {
  return { tenant: organization.slug, seesAccounts: seesOrganizationInventory(principal) }
}

export function OverviewTab({ ctx, agent }: TabProps) {
  const { slug } = ctx.organization
  return (
    <AgentOverview
      agent={agent}
      viewer={viewerOf(ctx)}
      now={ctx.now}
      publicHref={`${runtime().environment.PUBLIC_URL}/${slug}/agents/${agent.id}`}
      usageHref={
        can(ctx.principal, 'usage:read')
          ? `/${slug}/settings/usage?agent=${encodeURIComponent(agent.id)}`
          : null
      }
    />
  )
}

export async function RevisionsTab({ ctx, agent, query }: TabProps) {
  const [shown, other] = [numberIn(query.revision), numberIn(query.against)]
  const viewer = viewerOf(ctx)
  const mayEdit = reaches(agent.yourRole, 'EDITOR') && agent.archivedAt === null
  if (shown !== null && other !== null) {
    const [newer, older] = await Promise.all([
      revision(ctx, agent, Math.max(shown, other)),
      revision(ctx, agent, Math.min(shown, other)),
    ])
    return <RevisionComparison agent={agent} older={older} newer={newer} viewer={viewer} />
  }
  if (shown !== null) {
    return (
      <RevisionView
        agent={agent}
        revision={await revision(ctx, agent, shown)}
        viewer={viewer}
        now={ctx.now}
        mayDeploy={mayEdit}
      />
    )
  }
  const firstPage = await listRevisions(ctx, { agent: agent.id })
  const latest = agent.latestRevision > 0 ? await revision(ctx, agent, agent.latestRevision) : null
  return (
    <RevisionsPanel
      key={agent.latestRevision}
      agent={agent}
      firstPage={firstPage}
      latest={latest}
      viewer={viewer}
      now={ctx.now}
      mayEdit={mayEdit}
    />
  )
}

export async function DeploymentsTab({ ctx, agent }: TabProps) {
  const firstPage = await listDeployments(ctx, { agent: agent.id })
  return (
    <DeploymentsTable agent={agent} firstPage={firstPage} viewer={viewerOf(ctx)} now={ctx.now} />
  )
}

export async function CollaboratorsTab({ ctx, agent }: TabProps) {
  const on = { agent: agent.id }
  const [collaborators, own, requests, ownRequest, members] = await Promise.all([
    listCollaborators(ctx, on),
    readOwnCollaborator(ctx, on),
    listAccessRequests(ctx, on),
    readOwnAccessRequest(ctx, on),
    listMembers(ctx),
  ])
  const given = new Set(collaborators.map(({ userId }) => userId))
  return (
    <CollaboratorsPanel
      tenant={ctx.organization.slug}
      agent={agent}
      collaborators={collaborators}
      own={own}
      requests={requests}
      ownRequest={ownRequest}
      candidates={members
        .filter(({ role, userId }) => role !== 'ADMIN' && !given.has(userId))
        .map(({ userId, displayName, email }) => ({ userId, displayName, email }))}
      admins={members.filter(({ role }) => role === 'ADMIN').map((one) => one.displayName)}
      you={ctx.principal.userId}
      now={ctx.now}
    />
  )
}

function numberIn(value: string | string[] | undefined): number | null {
  return typeof value === 'string' && /^[1-9]\d{0,8}$/.test(value) ? Number(value) : null
}

async function revision(
  ctx: DashboardContext,
  agent: AgentSummary,
  number: number,
): Promise<Revision> {
  try {
    return await getRevision(ctx, { agent: agent.id, revision: number })
  } catch (error) {
    if (isDomainError(error) && error.kind === 'not-found') notFound()
    throw error
  }
}
