'use client'

import { type FormEvent, useRef, useState } from 'react'
import { askForEmailChange } from '@/app/[tenant]/settings/profile/actions'
import { PasswordInput } from '@/components/auth/password-input'
import { errorAt } from '@/components/settings/action-outcome'
import { ProblemNotice } from '@/components/settings/problem-notice'
import { SaveFooter } from '@/components/settings/save-footer'
import { SectionCard } from '@/components/settings/section-card'
import { useUnsavedGuard } from '@/components/settings/use-unsaved-guard'
import { Callout } from '@/components/ui/callout'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { useFormSave } from './use-form-save'

const EMPTY = { newEmail: '', currentPassword: '' }

export type EmailFormProps = { tenant: string; email: string }

/** Asks for another address. It changes only when the link that is sent there is used. */
export function EmailForm({ tenant, email }: EmailFormProps) {
  const [values, setValues] = useState(EMPTY)
  const [sentTo, setSentTo] = useState<string | null>(null)
  const form = useRef<HTMLFormElement>(null)
  const save = useFormSave(form)
  const dirty = values.newEmail !== '' || values.currentPassword !== ''
  const guard = useUnsavedGuard(dirty)

  const bind = (name: keyof typeof EMPTY) => ({
    name,
    value: values[name],
    onChange: (event: { target: { value: string } }) => {
      setValues((latest) => ({ ...latest, [name]: event.target.value }))
      setSentTo(null)
      save.touch()
    },
  })
  function submit(event: FormEvent) {
    event.preventDefault()
    save.run(
      () => askForEmailChange(tenant, values),
      () => {
        setSentTo(values.newEmail.trim().toLowerCase())
        setValues(EMPTY)
      },
    )
  }
  return (
    <>
      <form ref={form} method="post" noValidate onSubmit={submit}>
        <SectionCard
          title="E-mail address"
          description={
            <>
              You sign in with <strong className="font-medium text-ink break-all">{email}</strong>.
            </>
          }
          footer={
            <SaveFooter
              dirty={dirty}
              saving={save.saving}
              saveLabel="Send the link"
              hint="A new address counts once the link that is sent there is used."
              onCancel={() => {
                setValues(EMPTY)
                save.touch()
              }}
            />
          }
        >
          <div className="flex flex-col gap-4">
            <Field label="New e-mail address" error={errorAt(save.problem, '/newEmail')}>
              <Input
                {...bind('newEmail')}
                type="email"
                autoComplete="email"
                autoCapitalize="none"
                spellCheck={false}
              />
            </Field>
            {dirty ? (
              <Field
                label="Your password"
                description="To make sure that it is you."
                error={errorAt(save.problem, '/currentPassword')}
              >
                <PasswordInput {...bind('currentPassword')} autoComplete="current-password" />
              </Field>
            ) : null}
            {save.problem && save.problem.errors.length === 0 ? (
              <ProblemNotice problem={save.problem} title="No link was sent" />
            ) : null}
            {sentTo ? (
              <Callout tone="success" live title={`A link is on its way to ${sentTo}`}>
                Open it within 24 hours and confirm. Until then you sign in with {email}.
              </Callout>
            ) : null}
          </div>
        </SectionCard>
      </form>
      {guard.dialog}
    </>
  )
}
