'use client'

import { useState } from 'react'
import { askForEmailChange } from '@/app/[tenant]/settings/profile/actions'
import { PasswordInput } from '@/components/auth/password-input'
import { FormCard } from '@/components/settings/form-card'
import { useTextForm } from '@/components/settings/use-text-form'
import { Callout } from '@/components/ui/callout'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { EmailStanding } from './email-standing'

const EMPTY = { newEmail: '', currentPassword: '' }

export type EmailFormProps = { tenant: string; email: string; emailVerified: boolean }

/** Asks for another address. It changes only when the link that is sent there is used. */
export function EmailForm({ tenant, email, emailVerified }: EmailFormProps) {
  const form = useTextForm(EMPTY)
  const [askedFor, setAskedFor] = useState<string | null>(null)
  const sentTo = form.save.saved && !form.dirty ? askedFor : null
  function submit() {
    form.save.run(
      () => askForEmailChange(tenant, form.values),
      () => {
        setAskedFor(form.values.newEmail.trim().toLowerCase())
        form.keep(EMPTY)
      },
    )
  }
  return (
    <FormCard
      form={form}
      title="E-mail address"
      description={
        <>
          You sign in with <strong className="font-medium text-ink break-all">{email}</strong>.
        </>
      }
      hint="A new address counts once the link that is sent there is used."
      saveLabel="Send the link"
      problemTitle="No link was sent"
      showSaved={false}
      onSubmit={submit}
    >
      <EmailStanding tenant={tenant} email={email} verified={emailVerified} />
      <Field label="New e-mail address" error={form.errorOf('newEmail')}>
        <Input
          {...form.bind('newEmail')}
          type="email"
          autoComplete="email"
          autoCapitalize="none"
          spellCheck={false}
        />
      </Field>
      {form.dirty ? (
        <Field
          label="Your password"
          description="To make sure that it is you."
          error={form.errorOf('currentPassword')}
        >
          <PasswordInput {...form.bind('currentPassword')} autoComplete="current-password" />
        </Field>
      ) : null}
      {sentTo ? (
        <Callout tone="success" live title={`A link is on its way to ${sentTo}`}>
          Open it within 24 hours and confirm. Until then you sign in with {email}.
        </Callout>
      ) : null}
    </FormCard>
  )
}
