'use client'

import { type FormEvent, type ReactNode, type RefObject, useRef, useTransition } from 'react'
import { presentCredentials, type SignInOutcome } from '@/components/auth/credentials'
import { PasskeyButton } from '@/components/auth/passkey-button'
import { PasswordInput } from '@/components/auth/password-input'
import { SubmitButton } from '@/components/auth/submit-button'
import type { SendForm } from '@/components/settings/form-state'
import { Callout } from '@/components/ui/callout'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { TextLink } from '@/components/ui/text-link'
import type { SecondFactorMethod } from '@/lib/two-factor/model'

export interface SignInComplaints {
  email?: string
  password?: string
  /** About none of the fields. */
  form?: string
}

export type PasswordStepProps = {
  /** By which the browser signs in where there are no scripts; the code is asked for in the same form. */
  send: SendForm
  returnTo: string
  codeWanted: boolean
  credentials: { email: string; password: string }
  onChange: (part: { email?: string; password?: string }) => void
  complaints: SignInComplaints
  onComplain: (complaints: SignInComplaints) => void
  canReset: boolean
  /** Beside the passkey. */
  otherWays?: ReactNode
  submitButton: RefObject<HTMLButtonElement | null>
  /** Leads away and never settles. */
  onSignedIn: () => Promise<never>
  onSecondFactor: (methods: SecondFactorMethod[]) => void
}

export function PasswordStep({
  send,
  returnTo,
  codeWanted,
  credentials: { email, password },
  onChange,
  complaints,
  onComplain,
  canReset,
  otherWays,
  submitButton,
  onSignedIn,
  onSecondFactor,
}: PasswordStepProps) {
  const [busy, startTransition] = useTransition()
  const emailField = useRef<HTMLInputElement>(null)
  const passwordField = useRef<HTMLInputElement>(null)

  function submit(event: FormEvent) {
    event.preventDefault()
    if (busy) return
    const missing = {
      ...(email.trim() ? {} : { email: 'Enter your e-mail address.' }),
      ...(password ? {} : { password: 'Enter your password.' }),
    }
    onComplain(missing)
    if (missing.email) return emailField.current?.focus()
    if (missing.password) return passwordField.current?.focus()
    startTransition(async () => settle(await presentCredentials(email, password)))
  }
  async function settle(outcome: SignInOutcome): Promise<void> {
    if (outcome.kind === 'signed-in') return onSignedIn()
    if (outcome.kind === 'second-factor') return onSecondFactor(outcome.methods)
    onComplain({ form: outcome.message })
    if (outcome.reason === 'credentials') passwordField.current?.select()
  }

  return (
    <div className="flex flex-col gap-6">
      <div className="flex flex-col gap-1">
        <h1 className="font-semibold text-ink text-xl">Sign in</h1>
        <p className="text-muted text-sm">Manage your organization’s settings and API access.</p>
      </div>
      <form action={send} onSubmit={submit} noValidate className="flex flex-col gap-4">
        <input type="hidden" name="returnTo" value={returnTo} />
        {complaints.form ? (
          <Callout tone="danger" live>
            {complaints.form}
          </Callout>
        ) : null}
        <Field label="E-mail address" error={complaints.email}>
          <Input
            ref={emailField}
            type="email"
            name="email"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            autoFocus
            value={email}
            onChange={(event) => onChange({ email: event.target.value })}
          />
        </Field>
        <Field label="Password" error={complaints.password}>
          <PasswordInput
            ref={passwordField}
            name="password"
            autoComplete="current-password"
            value={password}
            onChange={(event) => onChange({ password: event.target.value })}
          />
        </Field>
        {codeWanted ? <CodeWithoutScripts /> : null}
        <SubmitButton ref={submitButton} loading={busy} withoutScripts>
          Sign in
        </SubmitButton>
        <div className="flex flex-col gap-4 scriptless:hidden">
          <PasskeyButton
            label="Sign in with a passkey"
            onSignedIn={onSignedIn}
            onRefused={(message) => onComplain(message === null ? {} : { form: message })}
          />
          {otherWays}
        </div>
        {canReset ? (
          <p className="text-center text-sm">
            <TextLink href="/forgot-password">Forgot password?</TextLink>
          </p>
        ) : null}
      </form>
    </div>
  )
}

/** With scripts the code has a step of its own, and nothing need be typed twice. */
function CodeWithoutScripts() {
  return (
    <noscript>
      <Field
        label="Code"
        description="Of your authenticator app, or a recovery code. Enter your password once more too."
      >
        <Input name="code" autoComplete="one-time-code" autoCapitalize="none" spellCheck={false} />
      </Field>
    </noscript>
  )
}
