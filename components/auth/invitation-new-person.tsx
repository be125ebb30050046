'use client'

import { type FormEvent, useActionState, useRef, useState, useTransition } from 'react'
import { acceptAsNew, sendAcceptanceAsNew } from '@/app/(auth)/invitations/[secret]/actions'
import { presentCredentials } from '@/components/auth/credentials'
import { PasswordInput } from '@/components/auth/password-input'
import { SubmitButton } from '@/components/auth/submit-button'
import { type ActionProblem, attempt, errorAt } from '@/components/settings/action-outcome'
import { focusComplained } from '@/components/settings/focus-complained'
import { NOTHING_SENT } from '@/components/settings/form-state'
import { ProblemNotice } from '@/components/settings/problem-notice'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { PASSWORD_MIN_CHARACTERS } from '@/lib/auth/model'
import type { InvitationAnswerProps } from './invitation-accept'
import { InvitationDecline } from './invitation-decline'

/** For an address without an account: makes it, joins and signs in. */
export function InvitationNewPerson({ secret, organizationName, email }: InvitationAnswerProps) {
  const [sent, send] = useActionState(sendAcceptanceAsNew, NOTHING_SENT)
  const [displayName, setDisplayName] = useState(sent.values.displayName ?? '')
  const [password, setPassword] = useState('')
  const [problem, setProblem] = useState<ActionProblem | null>(sent.problem)
  const [busy, startTransition] = useTransition()
  const form = useRef<HTMLFormElement>(null)

  function submit(event: FormEvent) {
    event.preventDefault()
    if (busy) return
    startTransition(async () => {
      const outcome = await attempt(() => acceptAsNew({ secret, displayName, password }))
      if (!outcome.ok) {
        setProblem(outcome.problem)
        focusComplained(form.current, outcome.problem)
        return
      }
      await presentCredentials(outcome.data.email, password)
      // Signed in or not: the settings know where to go.
      window.location.assign(`/${outcome.data.slug}/settings`)
      return new Promise(() => undefined)
    })
  }

  const general = problem?.errors.length === 0 ? problem : null
  return (
    <div className="flex flex-col gap-4">
      <form ref={form} action={send} onSubmit={submit} noValidate className="flex flex-col gap-4">
        <input type="hidden" name="secret" value={secret} />
        <ProblemNotice problem={general} title="You have not joined" />
        <Field label="E-mail address" description="The invitation was sent to it.">
          <Input type="email" name="email" autoComplete="username" value={email} readOnly />
        </Field>
        <Field label="Your name" error={errorAt(problem, '/displayName')}>
          <Input
            name="displayName"
            autoComplete="name"
            autoFocus
            value={displayName}
            onChange={(event) => setDisplayName(event.target.value)}
          />
        </Field>
        <Field
          label="Password"
          description={`At least ${PASSWORD_MIN_CHARACTERS} characters. A few unrelated words work well.`}
          error={errorAt(problem, '/password')}
        >
          <PasswordInput
            name="password"
            autoComplete="new-password"
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        </Field>
        <SubmitButton loading={busy} withoutScripts>
          Create account and join
        </SubmitButton>
      </form>
      <div className="self-center">
        <InvitationDecline secret={secret} organizationName={organizationName} />
      </div>
    </div>
  )
}
