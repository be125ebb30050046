'use client'

import { Bot, Plus } from 'lucide-react'
import { useMemo, useState } from 'react'
import type { ListFilters } from '@/components/settings/list-filters'
import { ListTable } from '@/components/settings/list-table'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { lazyOverlay } from '@/components/ui/lazy-overlay'
import { preloadOnIntent } from '@/components/ui/preload'
import type { AgentSummary } from '@/lib/agents/model'
import { agentCells } from './agent-cells'
import { AGENT_COLUMNS } from './agent-columns'
import { AGENT_FILTERS, agentState, type Viewer } from './agent-words'

const CreateAgentDialog = lazyOverlay(
  () => import('./create-agent-dialog').then((module) => module.CreateAgentDialog),
  { close: (props) => props.onClose() },
)

const NOUN = { one: 'agent', many: 'agents' }
const SORTED_BY = { id: 'deployed', desc: true }
const idOf = (agent: AgentSummary) => agent.uid
const cellClass = (agent: AgentSummary) =>
  agentState(agent) === 'archived' ? 'text-muted' : undefined

export type AgentsPanelProps = {
  agents: readonly AgentSummary[]
  viewer: Viewer
  now: number
  mayCreate: boolean
  initialFilters: ListFilters
}

/** The agents that the person may see, and the way to make one. */
export function AgentsPanel({ agents, viewer, now, mayCreate, initialFilters }: AgentsPanelProps) {
  const [creating, setCreating] = useState(false)
  const { tenant, seesAccounts } = viewer
  const cells = useMemo(
    () => agentCells({ tenant, seesAccounts }, now),
    [tenant, seesAccounts, now],
  )
  const create = mayCreate ? (
    <Button
      variant="primary"
      onClick={() => setCreating(true)}
      {...preloadOnIntent(CreateAgentDialog.preload)}
    >
      <Plus aria-hidden />
      Create agent
    </Button>
  ) : null
  return (
    <>
      {agents.length === 0 ? (
        <EmptyState
          icon={<Bot />}
          title={mayCreate ? 'Create your first agent' : 'No agent is shared with you'}
          description={
            mayCreate
              ? 'Give it the id that your programs report usage under, write its first revision, then deploy it. You see the agents that you made, and those that somebody shared with you.'
              : 'An admin of an agent can share it with you on its page, under Collaborators.'
          }
          actions={create}
        />
      ) : (
        <ListTable
          noun={NOUN}
          columns={AGENT_COLUMNS}
          rows={agents}
          rowId={idOf}
          searchedColumn="name"
          sortedBy={SORTED_BY}
          filters={AGENT_FILTERS}
          initialFilters={initialFilters}
          searchPlaceholder="Search names, descriptions"
          actions={create}
          cells={cells}
          interactive
          cellClass={cellClass}
        />
      )}
      {creating ? <CreateAgentDialog tenant={tenant} onClose={() => setCreating(false)} /> : null}
    </>
  )
}
