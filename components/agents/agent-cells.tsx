import type { ReactNode } from 'react'
import { Badge } from '@/components/ui/badge'
import { RelativeTime } from '@/components/ui/relative-time'
import { StatusDot } from '@/components/ui/status-dot'
import { RowLink } from '@/components/ui/table'
import type { AgentSummary } from '@/lib/agents/model'
import { AGENT_STATE_LABELS, AGENT_STATE_TONES, agentState, type Viewer } from './agent-words'
import { MadeBy, MadeByInShort } from './made-by'

/** What the columns of the list of agents show, by column. */
export function agentCells(viewer: Viewer, now: number) {
  const cells: Record<string, (agent: AgentSummary) => ReactNode> = {
    name: (agent) => (
      <span className="flex min-w-40 max-w-44 flex-col sm:min-w-48 sm:max-w-72">
        <span className="flex min-w-0 items-center gap-2">
          <RowLink
            href={`/${viewer.tenant}/settings/agents/${agent.id}`}
            className="min-w-0 truncate"
          >
            {agent.displayName}
          </RowLink>
          {agent.isPublic ? <Badge tone="info">Public</Badge> : null}
        </span>
        <code className="truncate text-muted text-xs">{agent.id}</code>
      </span>
    ),
    state: (agent) => {
      const state = agentState(agent)
      return <StatusDot tone={AGENT_STATE_TONES[state]}>{AGENT_STATE_LABELS[state]}</StatusDot>
    },
    revision: (agent) => <RevisionCount agent={agent} />,
    deployed: (agent) =>
      agent.lastDeployment ? (
        <span className="flex flex-col">
          <RelativeTime at={agent.lastDeployment.at} now={now} />
          <MadeByInShort maker={agent.lastDeployment.by} viewer={viewer} />
        </span>
      ) : (
        <span className="text-muted">Never</span>
      ),
    createdBy: (agent) => <MadeBy maker={agent.createdBy} viewer={viewer} />,
  }
  return cells
}

function RevisionCount({ agent: { deployedRevision, latestRevision } }: { agent: AgentSummary }) {
  if (latestRevision === 0) return <span className="text-muted">None yet</span>
  return (
    <span className="whitespace-nowrap">
      {deployedRevision ?? '–'} <span className="text-muted">of {latestRevision}</span>
    </span>
  )
}
