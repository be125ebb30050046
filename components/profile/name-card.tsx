'use client'

import { useRouter } from 'next/navigation'
import { type FormEvent, useRef, useState } from 'react'
import { saveDisplayName } from '@/app/[tenant]/settings/profile/actions'
import { errorAt } from '@/components/settings/action-outcome'
import { ProblemNotice } from '@/components/settings/problem-notice'
import { SaveFooter } from '@/components/settings/save-footer'
import { SectionCard } from '@/components/settings/section-card'
import { useUnsavedGuard } from '@/components/settings/use-unsaved-guard'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { useFormSave } from './use-form-save'

export type NameCardProps = { tenant: string; profile: { displayName: string } }

/** What others read wherever the person does something. */
export function NameCard({ tenant, profile }: NameCardProps) {
  const router = useRouter()
  const [stored, setStored] = useState(profile.displayName)
  const [name, setName] = useState(stored)
  const form = useRef<HTMLFormElement>(null)
  const save = useFormSave(form)
  const dirty = name !== stored
  const guard = useUnsavedGuard(dirty)
  const error = errorAt(save.problem, '/displayName')

  function submit(event: FormEvent) {
    event.preventDefault()
    save.run(
      () => saveDisplayName(tenant, { displayName: name }),
      ({ displayName }) => {
        setStored(displayName)
        setName(displayName)
        // The sidebar names the person too.
        router.refresh()
      },
    )
  }
  return (
    <>
      <form ref={form} noValidate onSubmit={submit}>
        <SectionCard
          title="Name"
          description="Shown in every organization that you belong to, and in their audit logs."
          footer={
            <SaveFooter
              dirty={dirty}
              saving={save.saving}
              saved={save.saved}
              hint="At most 80 characters."
              onCancel={() => {
                setName(stored)
                save.touch()
              }}
            />
          }
        >
          <div className="flex flex-col gap-4">
            <Field label="Your name" error={error}>
              <Input
                name="displayName"
                autoComplete="name"
                value={name}
                onChange={(event) => {
                  setName(event.target.value)
                  save.touch()
                }}
              />
            </Field>
            {error ? null : (
              <ProblemNotice problem={save.problem} title="Your name was not changed" />
            )}
          </div>
        </SectionCard>
      </form>
      {guard.dialog}
    </>
  )
}
