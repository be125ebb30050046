import { SectionCard } from '@/components/settings/section-card'
import { DescriptionList } from '@/components/ui/description-list'
import { AbsoluteTime, RelativeTime } from '@/components/ui/relative-time'
import { TextLink } from '@/components/ui/text-link'
import { AGENT_ROLE_FACTS, type AgentSummary, reaches } from '@/lib/agents/model'
import type { Viewer } from './agent-words'
import { ArchiveCard } from './archive-card'
import { IdentityCard } from './identity-card'
import { MadeBy } from './made-by'
import { VisibilityCard } from './visibility-card'

export type AgentOverviewProps = {
  agent: AgentSummary
  viewer: Viewer
  now: number
  publicHref: string
  /** Null for those who may not read usage. */
  usageHref: string | null
}

export function AgentOverview({ agent, viewer, now, publicHref, usageHref }: AgentOverviewProps) {
  const { tenant } = viewer
  const active = agent.archivedAt === null
  const [edits, administers] = [reaches(agent.yourRole, 'EDITOR'), reaches(agent.yourRole, 'ADMIN')]
  return (
    <div className="flex max-w-form flex-col gap-6">
      <SectionCard title="At a glance">
        <DescriptionList items={factsOf(agent, viewer, now, usageHref)} />
      </SectionCard>
      {edits && active ? (
        <IdentityCard
          key={`${agent.displayName}\n${agent.description}`}
          tenant={tenant}
          agent={agent}
        />
      ) : (
        <SectionCard title="Name and description">
          <p className="whitespace-pre-line text-ink text-sm [overflow-wrap:anywhere]">
            {agent.description || 'No description.'}
          </p>
          {active ? (
            <p className="mt-2 text-muted text-sm">Editors and admins of the agent change them.</p>
          ) : null}
        </SectionCard>
      )}
      {active ? (
        <VisibilityCard
          tenant={tenant}
          agent={agent}
          publicHref={publicHref}
          mayChange={administers}
        />
      ) : null}
      {administers ? <ArchiveCard tenant={tenant} agent={agent} /> : null}
    </div>
  )
}

function factsOf(agent: AgentSummary, viewer: Viewer, now: number, usageHref: string | null) {
  const base = `/${viewer.tenant}/settings/agents/${agent.id}`
  return [
    {
      term: 'Live revision',
      detail:
        agent.deployedRevision === null ? (
          <>
            None: <TextLink href={`${base}?tab=revisions`}>deploy one</TextLink>
          </>
        ) : (
          <TextLink href={`${base}?tab=revisions&revision=${agent.deployedRevision}`}>
            Revision {agent.deployedRevision}
          </TextLink>
        ),
    },
    ...(agent.lastDeployment
      ? [
          {
            term: 'Last deployment',
            detail: (
              <span className="flex flex-col">
                <RelativeTime at={agent.lastDeployment.at} now={now} />
                <MadeBy maker={agent.lastDeployment.by} viewer={viewer} />
              </span>
            ),
          },
        ]
      : []),
    { term: 'Created by', detail: <MadeBy maker={agent.createdBy} viewer={viewer} /> },
    { term: 'Created', detail: <AbsoluteTime at={agent.createdAt} /> },
    { term: 'Your role on it', detail: AGENT_ROLE_FACTS[agent.yourRole].label },
    ...(usageHref
      ? [
          {
            term: 'Usage and cost',
            detail: <TextLink href={usageHref}>What {agent.id} used</TextLink>,
          },
        ]
      : []),
  ]
}
