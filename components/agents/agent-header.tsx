import { BackLink } from '@/components/ui/back-link'
import { Badge } from '@/components/ui/badge'
import { Callout } from '@/components/ui/callout'
import { CopyButton } from '@/components/ui/copy-button'
import { AbsoluteTime, RelativeTime } from '@/components/ui/relative-time'
import { StatusDot } from '@/components/ui/status-dot'
import type { AgentSummary } from '@/lib/agents/model'
import { AGENT_STATE_LABELS, AGENT_STATE_TONES, agentState } from './agent-words'

export type AgentHeaderProps = { agent: AgentSummary; now: number; listHref: string }

/** Which agent this is, and what of it runs. */
export function AgentHeader({ agent, now, listHref }: AgentHeaderProps) {
  const state = agentState(agent)
  return (
    <header className="flex flex-col gap-3">
      <BackLink href={listHref}>Agents</BackLink>
      <div className="flex min-w-0 max-w-2xl flex-col gap-1">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <h1 className="min-w-0 font-semibold text-ink text-xl [overflow-wrap:anywhere]">
            {agent.displayName}
          </h1>
          <span className="text-sm">
            <StatusDot tone={AGENT_STATE_TONES[state]}>{AGENT_STATE_LABELS[state]}</StatusDot>
          </span>
          {agent.isPublic ? <Badge tone="info">Public</Badge> : null}
        </div>
        <p className="flex flex-wrap items-center gap-x-1.5 text-muted text-sm">
          <code className="text-xs">{agent.id}</code>
          <CopyButton value={agent.id} label="Copy id" className="-my-1" />
          {agent.lastDeployment && agent.deployedRevision !== null ? (
            <span>
              Revision {agent.deployedRevision}, deployed{' '}
              <RelativeTime at={agent.lastDeployment.at} now={now} />
            </span>
          ) : null}
        </p>
      </div>
      {agent.archivedAt === null ? null : (
        <Callout tone="warning" title="Archived">
          Nothing about it changes since <AbsoluteTime at={agent.archivedAt} />. Its history stays
          readable, and an admin of the agent can restore it.
        </Callout>
      )}
    </header>
  )
}
