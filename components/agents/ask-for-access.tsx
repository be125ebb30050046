'use client'

import { useRouter } from 'next/navigation'
import { type FormEvent, useState } from 'react'
import { askForAccess } from '@/app/[tenant]/settings/agents/access-actions'
import { errorAt } from '@/components/settings/action-outcome'
import { ProblemNotice } from '@/components/settings/problem-notice'
import { SectionCard } from '@/components/settings/section-card'
import { useSave } from '@/components/settings/use-save'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { Field } from '@/components/ui/field'
import { NativeSelect } from '@/components/ui/native-select'
import { Textarea } from '@/components/ui/textarea'
import { AGENT_ROLE_FACTS, AGENT_ROLES, type AgentRole, reaches } from '@/lib/agents/model'
import { REQUEST_MESSAGE_MAX } from '@/lib/agents/schema'

export type AskForAccessProps = {
  tenant: string
  agent: string
  title: string
  description: string
  /** What the person has already: they ask for more. */
  above: AgentRole | null
  /** What is said once it was sent. */
  sent: string
}

/** Asks the admins of an agent for a role on it. */
export function AskForAccess({ above, ...props }: AskForAccessProps) {
  const roles = AGENT_ROLES.filter((role) => above === null || !reaches(above, role))
  const [role, setRole] = useState<AgentRole>(roles[0] ?? 'VIEWER')
  const [message, setMessage] = useState('')
  const router = useRouter()
  const save = useSave()
  if (save.saved) {
    return (
      <Callout tone="success" title="Sent" live>
        {props.sent}
      </Callout>
    )
  }
  function submit(event: FormEvent) {
    event.preventDefault()
    if (save.saving) return
    const { tenant, agent } = props
    save.run(() => askForAccess(tenant, { agent, role, message }), router.refresh)
  }
  return (
    <form ref={save.form} noValidate onSubmit={submit}>
      <SectionCard title={props.title} description={props.description}>
        <div className="flex flex-col gap-4">
          <Field label="Role" description={AGENT_ROLE_FACTS[role].description}>
            <NativeSelect
              className="sm:w-48"
              value={role}
              onChange={({ target }) => setRole(target.value as AgentRole)}
            >
              {roles.map((one) => (
                <option key={one} value={one}>
                  {AGENT_ROLE_FACTS[one].label}
                </option>
              ))}
            </NativeSelect>
          </Field>
          <Field label="What you need it for" optional error={errorAt(save.problem, '/message')}>
            <Textarea
              name="message"
              rows={2}
              maxLength={REQUEST_MESSAGE_MAX}
              value={message}
              onChange={({ target }) => setMessage(target.value)}
            />
          </Field>
          <ProblemNotice problem={save.problem} title="Nothing was sent" />
          <div>
            <Button type="submit" variant="primary" loading={save.saving}>
              Ask for access
            </Button>
          </div>
        </div>
      </SectionCard>
    </form>
  )
}
