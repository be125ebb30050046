'use client'

import { Trash2 } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { giveRole, takeRole } from '@/app/[tenant]/settings/agents/actions'
import { ActDialog } from '@/components/settings/act-dialog'
import { ProblemNotice } from '@/components/settings/problem-notice'
import { SectionCard } from '@/components/settings/section-card'
import { useSave } from '@/components/settings/use-save'
import { Avatar } from '@/components/ui/avatar'
import { Button } from '@/components/ui/button'
import { NativeSelect } from '@/components/ui/native-select'
import {
  AGENT_ROLE_FACTS,
  AGENT_ROLES,
  type AgentRole,
  type AgentSummary,
  type Collaborator,
  reaches,
} from '@/lib/agents/model'
import { AddCollaborator, type Candidate } from './add-collaborator'

export type CollaboratorsPanelProps = {
  tenant: string
  agent: AgentSummary
  collaborators: readonly Collaborator[]
  /** Members who could become one. */
  candidates: readonly Candidate[]
  /** Names of those who may do everything anyway. */
  admins: readonly string[]
  you: string
}

/** Who may see, edit and look after the agent. */
export function CollaboratorsPanel(props: CollaboratorsPanelProps) {
  const { tenant, agent, collaborators, candidates, admins, you } = props
  const router = useRouter()
  const save = useSave()
  const [leaving, setLeaving] = useState<Collaborator | null>(null)
  const mayChange = reaches(agent.yourRole, 'ADMIN') && agent.archivedAt === null
  const give = (userId: string, role: AgentRole) =>
    save.run(() => giveRole(tenant, { agent: agent.id, userId, role }), router.refresh)
  return (
    <div className="flex max-w-form flex-col gap-6">
      <SectionCard
        title="Collaborators"
        description="Members see only the agents that they made or that were shared with them."
        flush
      >
        {collaborators.length === 0 ? (
          <p className="px-5 py-4 text-muted text-sm">
            Nobody but admins of the organization sees this agent.
          </p>
        ) : (
          <ul className="divide-y divide-subtle">
            {collaborators.map((one) => (
              <li key={one.userId} className="flex flex-wrap items-center gap-3 px-5 py-3">
                <Avatar name={one.displayName} seed={one.userId} pictureId={one.avatarId} />
                <span className="flex min-w-24 flex-1 flex-col">
                  <span className="truncate font-medium text-ink text-sm">
                    {one.displayName}
                    {one.userId === you ? <span className="text-muted"> (you)</span> : null}
                  </span>
                  <span className="truncate text-muted text-xs">{one.email}</span>
                </span>
                {mayChange ? (
                  <>
                    <NativeSelect
                      aria-label={`Role of ${one.displayName}`}
                      className="w-28"
                      value={one.role}
                      disabled={save.saving}
                      onChange={({ target }) => give(one.userId, target.value as AgentRole)}
                    >
                      {AGENT_ROLES.map((role) => (
                        <option key={role} value={role}>
                          {AGENT_ROLE_FACTS[role].label}
                        </option>
                      ))}
                    </NativeSelect>
                    <Button
                      variant="ghost"
                      size="icon-sm"
                      aria-label={`Remove ${one.displayName}`}
                      onClick={() => setLeaving(one)}
                    >
                      <Trash2 aria-hidden />
                    </Button>
                  </>
                ) : (
                  <span className="text-muted text-sm">{AGENT_ROLE_FACTS[one.role].label}</span>
                )}
              </li>
            ))}
          </ul>
        )}
      </SectionCard>
      <ProblemNotice problem={save.problem} title="The role was not changed" />
      {mayChange ? (
        <AddCollaborator
          key={candidates.map(({ userId }) => userId).join()}
          candidates={candidates}
          saving={save.saving}
          onAdd={give}
        />
      ) : null}
      <p className="text-muted text-sm">
        Admins of the organization may do everything with every agent: {admins.join(', ')}.
      </p>
      <ActDialog
        open={leaving !== null}
        onClose={() => setLeaving(null)}
        onDone={router.refresh}
        act={() => takeRole(tenant, { agent: agent.id, userId: leaving?.userId ?? '' })}
        title={`Remove ${leaving?.displayName ?? ''} from ${agent.displayName}?`}
        description={
          <p>They, and their tokens, no longer see this agent. What they made of it stays.</p>
        }
        confirmLabel="Remove collaborator"
        tone="danger"
        problemTitle="Nobody was removed"
      />
    </div>
  )
}
