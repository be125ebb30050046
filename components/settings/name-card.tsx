'use client'

import { useRouter } from 'next/navigation'
import type { Outcome } from '@/components/settings/action-outcome'
import { ProblemNotice } from '@/components/settings/problem-notice'
import { SaveFooter } from '@/components/settings/save-footer'
import { SectionCard } from '@/components/settings/section-card'
import { useTextForm } from '@/components/settings/use-text-form'
import { useUnsavedGuard } from '@/components/settings/use-unsaved-guard'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Textarea } from '@/components/ui/textarea'

type Named = { displayName: string; description: string }

export type NameCardProps = {
  /** What is named, within a sentence: "agent". */
  noun: string
  named: Named
  description: string
  /** What goes on by the id. */
  hint: string
  save: (change: Partial<Named>) => Promise<Outcome<Named>>
}

/** What people call something, and what it is for. */
export function NameCard({ noun, named, description, hint, save: store }: NameCardProps) {
  const router = useRouter()
  const form = useTextForm({ displayName: named.displayName, description: named.description })
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
      () => store(change),
      (now) => {
        form.keep({ displayName: now.displayName, description: now.description })
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
        description={description}
        footer={
          <SaveFooter
            dirty={form.dirty}
            saving={save.saving}
            saved={save.saved}
            onCancel={form.reset}
            hint={hint}
          />
        }
      >
        <div className="flex flex-col gap-4">
          {atField ? null : (
            <ProblemNotice problem={save.problem} title={`The ${noun} was not changed`} />
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
