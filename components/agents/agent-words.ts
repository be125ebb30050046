import type { ListFilter } from '@/components/settings/list-filters'
import type { Tone } from '@/components/ui/badge'
import type { AgentSummary } from '@/lib/agents/model'

/** Who looks, and what they may follow. */
export interface Viewer {
  tenant: string
  /** Opens service accounts. */
  seesAccounts: boolean
}

export const AGENT_STATES = ['live', 'draft', 'archived'] as const
export type AgentState = (typeof AGENT_STATES)[number]

export const AGENT_STATE_LABELS: Record<AgentState, string> = {
  live: 'Live',
  draft: 'Not deployed',
  archived: 'Archived',
}

export const AGENT_STATE_TONES: Record<AgentState, Tone> = {
  live: 'success',
  draft: 'neutral',
  archived: 'warning',
}

export function agentState({ archivedAt, deployedRevision }: AgentSummary): AgentState {
  if (archivedAt !== null) return 'archived'
  return deployedRevision === null ? 'draft' : 'live'
}

export const AGENT_FILTERS: readonly ListFilter[] = [
  {
    column: 'state',
    label: 'State',
    options: AGENT_STATES.map((value) => ({ value, label: AGENT_STATE_LABELS[value] })),
  },
]
