'use client'

import { useRouter } from 'next/navigation'
import { editAgent } from '@/app/[tenant]/settings/agents/actions'
import { ProblemNotice } from '@/components/settings/problem-notice'
import { SaveFooter } from '@/components/settings/save-footer'
import { SectionCard } from '@/components/settings/section-card'
import { useTextForm } from '@/components/settings/use-text-form'
import { useUnsavedGuard } from '@/components/settings/use-unsaved-guard'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Textarea } from '@/components/ui/textarea'
import type { AgentSummary } from '@/lib/agents/model'

export type IdentityCardProps = { tenant: string; agent: AgentSummary }

/** What people call the agent, and what it is for. */
export function IdentityCard({ tenant, agent }: IdentityCardProps) {
  const router = useRouter()
  const form = useTextForm({ displayName: agent.displayName, description: agent.description })
  const guard = useUnsavedGuard(form.dirty)
  const { save, values, stored } = form
  const atField = (['displayName', 'description'] as const).some(form.errorOf)
  function submit() {
    // Only what differs is sent, so that nobody's other change is undone.
    const change = {
      ...(values.displayName === stored.displayName ? {} : { displayName: values.displayName }),
      ...(values.description === stored.description ? {} : { description: values.description }),
    }
    save.run(
      () => editAgent(tenant, { agent: agent.id, ...change }),
      ({ displayName, description }) => {
        form.keep({ displayName, description })
        router.refresh()
      },
    )
  }
  return (
    <form
      ref={save.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <SectionCard
        title="Name and description"
        description="Shown to everybody who sees the agent. Its id stays as it is."
        footer={
          <SaveFooter
            dirty={form.dirty}
            saving={save.saving}
            saved={save.saved}
            onCancel={form.reset}
            hint="Programs, usage and budgets go on by the id."
          />
        }
      >
        <div className="flex flex-col gap-4">
          {atField ? null : (
            <ProblemNotice problem={save.problem} title="The agent was not changed" />
          )}
          <Field label="Name" error={form.errorOf('displayName')}>
            <Input {...form.bind('displayName')} autoComplete="off" />
          </Field>
          <Field label="Description" optional error={form.errorOf('description')}>
            <Textarea {...form.bind('description')} />
          </Field>
        </div>
      </SectionCard>
      {guard.dialog}
    </form>
  )
}
