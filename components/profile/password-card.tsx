'use client'

import { useRouter } from 'next/navigation'
import { useActionState } from 'react'
import { savePassword, sendPassword } from '@/app/[tenant]/settings/profile/actions'
import { NewPasswordField } from '@/components/auth/new-password-field'
import { PasswordInput } from '@/components/auth/password-input'
import { FormCard } from '@/components/settings/form-card'
import { NOTHING_SENT } from '@/components/settings/form-state'
import { SectionCard } from '@/components/settings/section-card'
import { useTextForm } from '@/components/settings/use-text-form'
import { Field } from '@/components/ui/field'

const EMPTY = { currentPassword: '', newPassword: '' }

export type PasswordCardProps = {
  tenant: string
  person: {
    displayName: string
    email: string
    hasPassword: boolean
    organizationNames: readonly string[]
  }
  emailAvailable: boolean
}

export function PasswordCard({ tenant, person, emailAvailable }: PasswordCardProps) {
  if (person.hasPassword) return <PasswordForm tenant={tenant} person={person} />
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

function PasswordForm({ tenant, person }: Omit<PasswordCardProps, 'emailAvailable'>) {
  const router = useRouter()
  const [sent, send] = useActionState(sendPassword, NOTHING_SENT)
  const form = useTextForm(EMPTY, sent)
  function submit() {
    form.save.run(
      () => savePassword(tenant, form.values),
      () => {
        form.keep(EMPTY)
        // The other sessions are gone from the list below.
        router.refresh()
      },
    )
  }
  return (
    <FormCard
      form={form}
      send={send}
      hidden={{ tenant }}
      title="Password"
      description="Changing it signs you out everywhere else."
      hint="Your tokens stay as they are."
      saveLabel="Change password"
      problemTitle="Your password was not changed"
      onSubmit={submit}
    >
      {/* For password managers: which account this is. */}
      <input type="text" autoComplete="username" value={person.email} readOnly hidden />
      <Field label="Current password" error={form.errorOf('currentPassword')}>
        <PasswordInput {...form.bind('currentPassword')} autoComplete="current-password" />
      </Field>
      <NewPasswordField
        name="newPassword"
        value={form.values.newPassword}
        onChange={(newPassword) => form.change({ newPassword })}
        error={form.errorOf('newPassword')}
        person={person}
      />
    </FormCard>
  )
}
