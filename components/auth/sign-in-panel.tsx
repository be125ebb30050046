'use client'

import { type FormEvent, useRef, useState, useTransition } from 'react'
import { presentCredentials } from '@/components/auth/credentials'
import { type DemoLoginChoice, DemoLogins } from '@/components/auth/demo-logins'
import { PasswordInput } from '@/components/auth/password-input'
import { SubmitButton } from '@/components/auth/submit-button'
import { Callout } from '@/components/ui/callout'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { TextLink } from '@/components/ui/text-link'

export type SignInPanelProps = {
  /** A path of this site. */
  returnTo: string
  /** Whether a link to a new password can be sent. */
  canReset: boolean
  demo: { password: string; logins: readonly DemoLoginChoice[] } | null
}

export function SignInPanel({ returnTo, canReset, demo }: SignInPanelProps) {
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [failure, setFailure] = useState<string | null>(null)
  const [missing, setMissing] = useState<{ email?: string; password?: string }>({})
  const [busy, startTransition] = useTransition()
  const emailField = useRef<HTMLInputElement>(null)
  const passwordField = useRef<HTMLInputElement>(null)
  const submitButton = useRef<HTMLButtonElement>(null)

  function submit(event: FormEvent) {
    event.preventDefault()
    if (busy) return
    const complaints = {
      ...(email.trim() ? {} : { email: 'Enter your e-mail address.' }),
      ...(password ? {} : { password: 'Enter your password.' }),
    }
    setMissing(complaints)
    if (complaints.email) return emailField.current?.focus()
    if (complaints.password) return passwordField.current?.focus()
    startTransition(async () => {
      setFailure(null)
      const outcome = await presentCredentials(email, password)
      // A whole new document: nothing that was cached for nobody survives the sign-in.
      if (outcome.ok) {
        window.location.assign(returnTo)
        return new Promise(() => undefined)
      }
      setFailure(outcome.message)
      if (outcome.reason === 'credentials') passwordField.current?.select()
    })
  }

  return (
    <>
      <div className="flex flex-col gap-6">
        <div className="flex flex-col gap-1">
          <h1 className="font-semibold text-ink text-xl">Sign in</h1>
          <p className="text-muted text-sm">Manage your organization’s settings and API access.</p>
        </div>
        {/* By post, so that no browser ever puts a password into an address. */}
        <form method="post" onSubmit={submit} noValidate className="flex flex-col gap-4">
          {failure ? (
            <Callout tone="danger" live>
              {failure}
            </Callout>
          ) : null}
          <Field label="E-mail address" error={missing.email}>
            <Input
              ref={emailField}
              type="email"
              name="email"
              autoComplete="username"
              autoCapitalize="none"
              spellCheck={false}
              autoFocus
              value={email}
              onChange={(event) => setEmail(event.target.value)}
            />
          </Field>
          <Field label="Password" error={missing.password}>
            <PasswordInput
              ref={passwordField}
              name="password"
              autoComplete="current-password"
              value={password}
              onChange={(event) => setPassword(event.target.value)}
            />
          </Field>
          <SubmitButton ref={submitButton} loading={busy}>
            Sign in
          </SubmitButton>
          {canReset ? (
            <p className="text-center text-sm">
              <TextLink href="/forgot-password">Forgot password?</TextLink>
            </p>
          ) : null}
        </form>
      </div>
      {demo ? (
        <DemoLogins
          {...demo}
          onChoose={(chosen) => {
            setEmail(chosen)
            setPassword(demo.password)
            setMissing({})
            setFailure(null)
            submitButton.current?.focus()
          }}
        />
      ) : null}
    </>
  )
}
