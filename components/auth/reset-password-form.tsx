'use client'

import { type FormEvent, useActionState, useRef, useState, useTransition } from 'react'
import { sendNewPassword, setNewPassword } from '@/app/(auth)/reset-password/[secret]/actions'
import { type ActionProblem, attempt, errorAt } from '@/components/settings/action-outcome'
import { NOTHING_SENT } from '@/components/settings/form-state'
import { ProblemNotice } from '@/components/settings/problem-notice'
import type { PersonalWords } from '@/lib/auth/password-strength'
import { presentCredentials } from './credentials'
import { NewPasswordField } from './new-password-field'
import { SubmitButton } from './submit-button'

export type ResetPasswordFormProps = { secret: string; person: PersonalWords }

/** Chooses a password by a link, and signs in with it. */
export function ResetPasswordForm({ secret, person }: ResetPasswordFormProps) {
  const [sent, send] = useActionState(sendNewPassword, NOTHING_SENT)
  const [newPassword, setPassword] = useState('')
  const [problem, setProblem] = useState<ActionProblem | null>(sent.problem)
  const [busy, startTransition] = useTransition()
  const form = useRef<HTMLFormElement>(null)

  function submit(event: FormEvent) {
    event.preventDefault()
    if (busy) return
    startTransition(async () => {
      const outcome = await attempt(() => setNewPassword({ secret, newPassword }))
      if (!outcome.ok) {
        setProblem(outcome.problem)
        form.current?.querySelector<HTMLInputElement>('[name="newPassword"]')?.focus()
        return
      }
      await presentCredentials(person.email, newPassword)
      // Signed in or not: the front page knows where to go.
      window.location.assign('/')
      return new Promise(() => undefined)
    })
  }
  return (
    <div className="flex flex-col gap-6">
      <div className="flex flex-col gap-1">
        <h1 className="font-semibold text-ink text-xl">Choose a new password</h1>
        <p className="text-muted text-sm">
          For <strong className="break-all font-medium text-ink">{person.email}</strong>. It signs
          you out wherever you are signed in now.
        </p>
      </div>
      <form ref={form} action={send} onSubmit={submit} noValidate className="flex flex-col gap-4">
        <input type="hidden" name="secret" value={secret} />
        {problem && problem.errors.length === 0 ? (
          <ProblemNotice problem={problem} title="The password was not changed" />
        ) : null}
        {/* For password managers: which account this is. */}
        <input type="text" autoComplete="username" value={person.email} readOnly hidden />
        <NewPasswordField
          name="newPassword"
          value={newPassword}
          onChange={(value) => {
            setPassword(value)
            setProblem(null)
          }}
          error={errorAt(problem, '/newPassword')}
          person={person}
          autoFocus
        />
        <SubmitButton loading={busy} withoutScripts>
          Change password
        </SubmitButton>
      </form>
    </div>
  )
}
