'use client'

import { type FormEvent, useActionState, useRef, useState, useTransition } from 'react'
import { askForReset, sendForReset } from '@/app/(auth)/forgot-password/actions'
import { type ActionProblem, attempt, errorAt } from '@/components/settings/action-outcome'
import { NOTHING_SENT } from '@/components/settings/form-state'
import { ProblemNotice } from '@/components/settings/problem-notice'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { LinkButton } from '@/components/ui/link-button'
import { TextLink } from '@/components/ui/text-link'
import { SubmitButton } from './submit-button'

/** Asks for a link. What it says afterwards is the same for every address. */
export function ForgotPasswordForm() {
  const [sent, send] = useActionState(sendForReset, NOTHING_SENT)
  const [email, setEmail] = useState(sent.values.email ?? '')
  const [askedFor, setAskedFor] = useState(sent.saved ? email.trim() : null)
  const [problem, setProblem] = useState<ActionProblem | null>(sent.problem)
  const [busy, startTransition] = useTransition()
  const field = useRef<HTMLInputElement>(null)

  function submit(event: FormEvent) {
    event.preventDefault()
    if (busy) return
    startTransition(async () => {
      const outcome = await attempt(() => askForReset({ email }))
      setProblem(outcome.ok ? null : outcome.problem)
      if (outcome.ok) setAskedFor(email.trim())
      else field.current?.focus()
    })
  }
  if (askedFor !== null) return <Asked email={askedFor} />
  return (
    <div className="flex flex-col gap-6">
      <div className="flex flex-col gap-1">
        <h1 className="font-semibold text-ink text-xl">Forgot password</h1>
        <p className="text-muted text-sm">
          We send you a link to choose a new one. It works once, for an hour.
        </p>
      </div>
      <form action={send} onSubmit={submit} noValidate className="flex flex-col gap-4">
        {problem && problem.errors.length === 0 ? (
          <ProblemNotice problem={problem} title="No link was sent" />
        ) : null}
        <Field label="E-mail address" error={errorAt(problem, '/email')}>
          <Input
            ref={field}
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
        <SubmitButton loading={busy} withoutScripts>
          Send the link
        </SubmitButton>
        <p className="text-center text-sm">
          <TextLink href="/sign-in">Back to sign in</TextLink>
        </p>
      </form>
    </div>
  )
}

function Asked({ email }: { email: string }) {
  return (
    <div role="status" className="flex flex-col items-start gap-3">
      <h1 className="font-semibold text-ink text-xl">Look into your mailbox</h1>
      <p className="text-muted text-sm">
        If <strong className="break-all font-medium text-ink">{email}</strong> belongs to an
        account, a link is on its way there. It works once, for an hour. Nothing has come after a
        few minutes? Look among the spam, or check the address.
      </p>
      <LinkButton href="/sign-in">Back to sign in</LinkButton>
    </div>
  )
}
