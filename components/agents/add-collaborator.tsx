'use client'

import { type FormEvent, useState } from 'react'
import { SectionCard } from '@/components/settings/section-card'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { NativeSelect } from '@/components/ui/native-select'
import { AGENT_ROLE_FACTS, AGENT_ROLES, type AgentRole } from '@/lib/agents/model'

export interface Candidate {
  userId: string
  displayName: string
  email: string
}

export type AddCollaboratorProps = {
  candidates: readonly Candidate[]
  saving: boolean
  onAdd: (userId: string, role: AgentRole) => void
}

/** Shares the agent with one more member. */
export function AddCollaborator({ candidates, saving, onAdd }: AddCollaboratorProps) {
  const [userId, setUserId] = useState('')
  const [role, setRole] = useState<AgentRole>('VIEWER')
  const [tried, setTried] = useState(false)
  if (candidates.length === 0) {
    return (
      <p className="text-muted text-sm">
        Everybody in the organization has access. Invite people under Team to share it further.
      </p>
    )
  }
  function submit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    if (userId !== '' && !saving) onAdd(userId, role)
  }
  return (
    <form noValidate onSubmit={submit}>
      <SectionCard title="Share with a member" description={AGENT_ROLE_FACTS[role].description}>
        <div className="grid items-start gap-3 sm:grid-cols-[1fr_9rem_auto]">
          <Field
            label="Member"
            error={tried && userId === '' ? 'Choose who it is for.' : undefined}
          >
            <NativeSelect value={userId} onChange={({ target }) => setUserId(target.value)}>
              <option value="">Choose a member…</option>
              {candidates.map((one) => (
                <option key={one.userId} value={one.userId}>
                  {one.displayName} ({one.email})
                </option>
              ))}
            </NativeSelect>
          </Field>
          <Field label="Role">
            <NativeSelect
              value={role}
              onChange={({ target }) => setRole(target.value as AgentRole)}
            >
              {AGENT_ROLES.map((one) => (
                <option key={one} value={one}>
                  {AGENT_ROLE_FACTS[one].label}
                </option>
              ))}
            </NativeSelect>
          </Field>
          <Button type="submit" variant="primary" loading={saving} className="sm:mt-6.5">
            Share
          </Button>
        </div>
      </SectionCard>
    </form>
  )
}
