import { createColumnHelper } from '@tanstack/react-table'
import type { listFeatures } from '@/components/settings/list-features'
import type { AgentSummary } from '@/lib/agents/model'
import { agentState } from './agent-words'

const column = createColumnHelper<typeof listFeatures, AgentSummary>()

/** Made once: the table compares columns by identity. */
export const AGENT_COLUMNS = column.columns([
  column.accessor((agent) => `${agent.displayName}\n${agent.id}\n${agent.description}`, {
    id: 'name',
    header: 'Agent',
    sortFn: 'alphanumeric',
  }),
  column.accessor(agentState, { id: 'state', header: 'State', sortFn: 'alphanumeric' }),
  column.accessor((agent) => agent.deployedRevision ?? 0, {
    id: 'revision',
    header: 'Revision',
    meta: { align: 'right' },
    sortFn: 'basic',
  }),
  column.accessor((agent) => agent.lastDeployment?.at ?? 0, {
    id: 'deployed',
    header: 'Last deployment',
    sortFn: 'basic',
  }),
  column.accessor((agent) => agent.createdBy.label, {
    id: 'createdBy',
    header: 'Created by',
    sortFn: 'alphanumeric',
  }),
])
