'use client'

import { useState, useTransition } from 'react'
import { confirmNewEmail } from '@/app/(auth)/confirm-email/[secret]/actions'
import { type ActionProblem, attempt } from '@/components/settings/action-outcome'
import { ProblemNotice } from '@/components/settings/problem-notice'
import { Button } from '@/components/ui/button'
import { LinkButton } from '@/components/ui/link-button'

export type ConfirmEmailPanelProps = { secret: string; newEmail: string }

/** Makes the new address count by a press of a button. */
export function ConfirmEmailPanel({ secret, newEmail }: ConfirmEmailPanelProps) {
  const [problem, setProblem] = useState<ActionProblem | null>(null)
  const [done, setDone] = useState(false)
  const [busy, startTransition] = useTransition()
  const address = <strong className="break-all font-medium text-ink">{newEmail}</strong>

  function confirm() {
    startTransition(async () => {
      const outcome = await attempt(() => confirmNewEmail({ secret }))
      setProblem(outcome.ok ? null : outcome.problem)
      setDone(outcome.ok)
    })
  }
  if (done) {
    return (
      <div role="status" className="flex flex-col items-start gap-3">
        <h1 className="font-semibold text-ink text-xl">Your e-mail address has changed</h1>
        <p className="text-muted text-sm">From now on you sign in with {address}.</p>
        <LinkButton href="/" variant="primary">
          Go on
        </LinkButton>
      </div>
    )
  }
  return (
    <div className="flex flex-col gap-4">
      <h1 className="font-semibold text-ink text-xl">Confirm your e-mail address</h1>
      <p className="text-muted text-sm">
        From then on you sign in with {address}. If you did not ask for this, close this page:
        nothing changes.
      </p>
      <ProblemNotice problem={problem} title="The address was not changed" />
      <Button variant="primary" loading={busy} onClick={confirm}>
        Use this address
      </Button>
    </div>
  )
}
