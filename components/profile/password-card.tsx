'use client'

import { useRouter } from 'next/navigation'
import { type FormEvent, useRef, useState } from 'react'
import { savePassword } from '@/app/[tenant]/settings/profile/actions'
import { NewPasswordField } from '@/components/auth/new-password-field'
import { PasswordInput } from '@/components/auth/password-input'
import { errorAt } from '@/components/settings/action-outcome'
import { ProblemNotice } from '@/components/settings/problem-notice'
import { SaveFooter } from '@/components/settings/save-footer'
import { SectionCard } from '@/components/settings/section-card'
import { useUnsavedGuard } from '@/components/settings/use-unsaved-guard'
import { Field } from '@/components/ui/field'
import { useFormSave } from './use-form-save'

const EMPTY = { currentPassword: '', newPassword: '' }

export type PasswordCardProps = {
  tenant: string
  profile: {
    displayName: string
    email: string
    hasPassword: boolean
    organizations: { name: string }[]
  }
  emailAvailable: boolean
}

export function PasswordCard({ tenant, profile, emailAvailable }: PasswordCardProps) {
  if (profile.hasPassword) return <PasswordForm tenant={tenant} profile={profile} />
  return (
    <SectionCard
      title="Password"
      description={
        emailAvailable
          ? 'You have none yet. Sign out and choose “Forgot password?” to set one.'
          : 'You have none yet, and this installation sends no e-mail to set one by.'
      }
    />
  )
}

function PasswordForm({ tenant, profile }: Omit<PasswordCardProps, 'emailAvailable'>) {
  const router = useRouter()
  const [values, setValues] = useState(EMPTY)
  const form = useRef<HTMLFormElement>(null)
  const save = useFormSave(form)
  const dirty = values.currentPassword !== '' || values.newPassword !== ''
  const guard = useUnsavedGuard(dirty)
  const { displayName, email } = profile
  const organizationNames = profile.organizations.map(({ name }) => name)

  function change(change: Partial<typeof EMPTY>) {
    setValues((latest) => ({ ...latest, ...change }))
    save.touch()
  }
  function submit(event: FormEvent) {
    event.preventDefault()
    save.run(
      () => savePassword(tenant, values),
      () => {
        setValues(EMPTY)
        // The other sessions are gone from the list below.
        router.refresh()
      },
    )
  }
  return (
    <>
      {/* By post, so that no browser ever puts a password into an address. */}
      <form ref={form} method="post" noValidate onSubmit={submit}>
        <SectionCard
          title="Password"
          description="Changing it signs you out everywhere else."
          footer={
            <SaveFooter
              dirty={dirty}
              saving={save.saving}
              saved={save.saved}
              saveLabel="Change password"
              hint="Your tokens stay as they are."
              onCancel={() => change(EMPTY)}
            />
          }
        >
          <div className="flex flex-col gap-4">
            {/* For password managers: which account this is. */}
            <input type="text" autoComplete="username" value={email} readOnly hidden />
            <Field label="Current password" error={errorAt(save.problem, '/currentPassword')}>
              <PasswordInput
                name="currentPassword"
                autoComplete="current-password"
                value={values.currentPassword}
                onChange={(event) => change({ currentPassword: event.target.value })}
              />
            </Field>
            <NewPasswordField
              name="newPassword"
              value={values.newPassword}
              onChange={(newPassword) => change({ newPassword })}
              error={errorAt(save.problem, '/newPassword')}
              person={{ displayName, email, organizationNames }}
            />
            {save.problem && save.problem.errors.length === 0 ? (
              <ProblemNotice problem={save.problem} title="Your password was not changed" />
            ) : null}
          </div>
        </SectionCard>
      </form>
      {guard.dialog}
    </>
  )
}
