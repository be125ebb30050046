'use client'

import { useActionState, useState } from 'react'
import { askForEmailChange, sendEmailChange } from '@/app/[tenant]/settings/profile/actions'
import { PasswordInput } from '@/components/auth/password-input'
import { FormCard } from '@/components/settings/form-card'
import { NOTHING_SENT } from '@/components/settings/form-state'
import { useTextForm } from '@/components/settings/use-text-form'
import { Callout } from '@/components/ui/callout'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { EmailStanding } from './email-standing'

const EMPTY = { newEmail: '', currentPassword: '' }

export type EmailFormProps = { tenant: string; email: string; emailVerified: boolean }

/** As it will be stored. */
const addressOf = (typed = '') => typed.trim().toLowerCase()

/** Asks for another address. It changes only when the link that is sent there is used. */
export function EmailForm({ tenant, email, emailVerified }: EmailFormProps) {
  const [sent, send] = useActionState(sendEmailChange, NOTHING_SENT)
  const form = useTextForm(EMPTY, sent)
  const [askedFor, setAskedFor] = useState(() => addressOf(sent.values.newEmail))
  const sentTo = form.save.saved && !form.dirty ? askedFor : null
  const password = (
    <Field
      label="Your password"
      description="To make sure that it is you."
      error={form.errorOf('currentPassword')}
    >
      <PasswordInput {...form.bind('currentPassword')} autoComplete="current-password" />
    </Field>
  )
  function submit() {
    form.save.run(
      () => askForEmailChange(tenant, form.values),
      () => {
        setAskedFor(addressOf(form.values.newEmail))
        form.keep(EMPTY)
      },
    )
  }
  return (
    <FormCard
      form={form}
      send={send}
      hidden={{ tenant }}
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
      {/* Without scripts nobody would notice that it is needed now. */}
      {form.dirty ? password : <noscript>{password}</noscript>}
      {sentTo ? (
        <Callout tone="success" live title={`A link is on its way to ${sentTo}`}>
          Open it within 24 hours and confirm. Until then you sign in with {email}.
        </Callout>
      ) : null}
    </FormCard>
  )
}
