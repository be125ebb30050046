'use client'

import { Trash2 } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { giveRole, takeRole } from '@/app/[tenant]/settings/agents/actions'
import { ActDialog } from '@/components/settings/act-dialog'
import { ProblemNotice } from '@/components/settings/problem-notice'
import { SectionCard } from '@/components/settings/section-card'
import { useSave } from '@/components/settings/use-save'
import { Button } from '@/components/ui/button'
import { NativeSelect } from '@/components/ui/native-select'
import {
  type AccessRequest,
  AGENT_ROLE_FACTS,
  AGENT_ROLES,
  type AgentRole,
  type AgentSummary,
  type Collaborator,
  reaches,
} from '@/lib/agents/model'
import { AccessRequestsCard } from './access-requests-card'
import { AddCollaborator, type Candidate } from './add-collaborator'
import { AlertsButton } from './alerts-button'
import { AskForAccess } from './ask-for-access'
import { CollaboratorRow } from './collaborator-row'
import { OwnRequestCard } from './own-request-card'

export type CollaboratorsPanelProps = {
  tenant: string
  agent: AgentSummary
  collaborators: readonly Collaborator[]
  /** What the reader was given, also where they are an admin of the organization. */
  own: Collaborator | null
  /** Who waits; for admins of the agent. */
  requests: readonly AccessRequest[]
  /** What the reader waits for. */
  ownRequest: AccessRequest | null
  /** Members who could become one. */
  candidates: readonly Candidate[]
  /** Names of those who may do everything anyway. */
  admins: readonly string[]
  you: string
  now: number
}

/** Who may see, edit and look after the agent, who asks to, and what each is told of. */
export function CollaboratorsPanel(props: CollaboratorsPanelProps) {
  const { tenant, agent, collaborators, own, requests, ownRequest, candidates, admins } = props
  const router = useRouter()
  const save = useSave()
  const [leaving, setLeaving] = useState<Collaborator | null>(null)
  const isLive = agent.archivedAt === null
  const mayChange = reaches(agent.yourRole, 'ADMIN') && isLive
  const give = (userId: string, role: AgentRole) =>
    save.run(() => giveRole(tenant, { agent: agent.id, userId, role }), router.refresh)
  const isListed = collaborators.some(({ userId }) => userId === props.you)
  return (
    <div className="flex max-w-form flex-col gap-6">
      {requests.length > 0 ? (
        <AccessRequestsCard tenant={tenant} agent={agent.id} requests={requests} now={props.now} />
      ) : null}
      <SectionCard
        title="Collaborators"
        description="Members see only the agents that they made or that were shared with them."
        flush
      >
        {collaborators.length === 0 && own === null ? (
          <p className="px-5 py-4 text-muted text-sm">
            Nobody but admins of the organization sees this agent.
          </p>
        ) : (
          <ul className="divide-y divide-subtle">
            {own && !isListed ? (
              <CollaboratorRow collaborator={own} isYou>
                {isLive ? (
                  <AlertsButton tenant={tenant} agent={agent.id} collaborator={own} isYou />
                ) : null}
                <span className="text-muted text-sm">Admin of the organization</span>
              </CollaboratorRow>
            ) : null}
            {collaborators.map((one) => {
              const isYou = one.userId === props.you
              return (
                <CollaboratorRow key={one.userId} collaborator={one} isYou={isYou}>
                  {mayChange || (isYou && isLive) ? (
                    <AlertsButton
                      tenant={tenant}
                      agent={agent.id}
                      collaborator={one}
                      isYou={isYou}
                    />
                  ) : null}
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
                </CollaboratorRow>
              )
            })}
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
      {ownRequest && isLive ? (
        <OwnRequestCard tenant={tenant} agent={agent.id} request={ownRequest} now={props.now} />
      ) : null}
      {isLive && !ownRequest && !reaches(agent.yourRole, 'ADMIN') ? (
        <AskForAccess
          key={agent.yourRole}
          tenant={tenant}
          agent={agent.id}
          title="Ask for more"
          description={`You are ${AGENT_ROLE_FACTS[agent.yourRole].label}. Admins of the agent see who asks, the role and your message.`}
          above={agent.yourRole}
          sent="Admins of the agent have been asked. You hear from them by a notification."
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
