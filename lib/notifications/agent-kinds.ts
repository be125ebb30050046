import { localDateTime } from '@/lib/local-date'
import { type KindDefinition, type Place, pagePath } from '@/lib/notifications/kind'

export interface AgentFacts {
  'agent-runs-failed': {
    agentId: string
    agentName: string
    /** That nobody was told of yet. */
    failed: number
    /** When the notice before this one was; null for the first. */
    since: number | null
    /** Why the last of them failed, in words. */
    reason: string
    at: number
  }
  'agent-access-requested': {
    agentId: string
    agentName: string
    askedBy: string
    roleLabel: string
    /** As it was written; empty for none. */
    message: string
  }
  'agent-access-answered': {
    agentId: string
    /** Null where it was turned down: then nobody need know more of the agent than the id that they asked for. */
    granted: { agentName: string; roleLabel: string; by: string } | null
  }
}

const AGENT = { group: 'Agents', inApp: true, email: 'INSTANT', locked: null } as const

export const AGENT_KINDS: { [Kind in keyof AgentFacts]: KindDefinition<AgentFacts[Kind]> } = {
  'agent-runs-failed': {
    ...AGENT,
    label: 'Runs of an agent fail',
    description:
      'When the model of an agent does not answer in production. At most once an hour for each agent, for collaborators who want its alerts.',
    words: ({ agentId, agentName, failed, since, reason, at }, place) => ({
      title:
        failed === 1 ? `A run of ${agentName} failed` : `${failed} runs of ${agentName} failed`,
      body: `${
        failed === 1
          ? `It was in production, on ${localDateTime(at, place.timeZone)}.`
          : `They were in production${since === null ? '' : `, since the last notice on ${localDateTime(since, place.timeZone)}`}. The last was on ${localDateTime(at, place.timeZone)}.`
      } ${reason} Others within the hour are not told of one by one.`,
      action: { label: 'Open the runs', path: agentPath(place, agentId, 'runs') },
    }),
  },
  'agent-access-requested': {
    ...AGENT,
    label: 'Somebody asks for access to an agent',
    description:
      'For admins of the agent who want its alerts; else for admins of the organization.',
    words: ({ agentId, agentName, askedBy, roleLabel, message }, place) => ({
      title: `${askedBy} asks for access to ${agentName}`,
      body: `They would like to be ${roleLabel}.${message === '' ? '' : ` They wrote: “${message}”`}`,
      action: {
        label: 'Answer the request',
        path: agentPath(place, agentId, 'collaborators'),
      },
    }),
  },
  'agent-access-answered': {
    ...AGENT,
    label: 'Your request for access is answered',
    description: 'When an admin gives you the access to an agent that you asked for, or declines.',
    words: ({ agentId, granted }, place) =>
      granted === null
        ? {
            title: `Your request for access to ${agentId} was declined`,
            body: 'You can ask an admin of your organization for the reason.',
            action: null,
          }
        : {
            title: `You have access to ${granted.agentName}`,
            body: `${granted.by} made you ${granted.roleLabel} of it, as you asked.`,
            action: { label: 'Open the agent', path: agentPath(place, agentId, 'overview') },
          },
  },
}

function agentPath(place: Place, agentId: string, tab: string): string {
  return pagePath(place, `settings/agents/${encodeURIComponent(agentId)}?tab=${tab}`)
}
