'use client'

import { type FormEvent, useActionState, useState, useTransition } from 'react'
import { accept, sendAcceptance } from '@/app/(auth)/invitations/[secret]/actions'
import { type ActionProblem, attempt } from '@/components/settings/action-outcome'
import { NOTHING_SENT } from '@/components/settings/form-state'
import { ProblemNotice } from '@/components/settings/problem-notice'
import { Button } from '@/components/ui/button'
import { InvitationDecline } from './invitation-decline'

export type InvitationAnswerProps = { secret: string; organizationName: string; email: string }

/** For somebody who is signed in with the invited address. */
export function InvitationAccept({ secret, organizationName, email }: InvitationAnswerProps) {
  const [sent, send] = useActionState(sendAcceptance, NOTHING_SENT)
  const [problem, setProblem] = useState<ActionProblem | null>(sent.problem)
  const [busy, startTransition] = useTransition()
  function join(event: FormEvent) {
    event.preventDefault()
    if (busy) return
    startTransition(async () => {
      const outcome = await attempt(() => accept({ secret }))
      if (!outcome.ok) return setProblem(outcome.problem)
      window.location.assign(`/${outcome.data.slug}/settings`)
      return new Promise(() => undefined)
    })
  }
  return (
    <div className="flex flex-col gap-4">
      <ProblemNotice problem={problem} title="You have not joined" />
      <p className="text-muted text-sm">
        You are signed in as <strong className="break-all font-medium text-ink">{email}</strong>.
      </p>
      <div className="flex flex-wrap gap-2">
        <form action={send} onSubmit={join}>
          <input type="hidden" name="secret" value={secret} />
          <Button type="submit" variant="primary" loading={busy}>
            Join {organizationName}
          </Button>
        </form>
        <InvitationDecline secret={secret} organizationName={organizationName} />
      </div>
    </div>
  )
}
