'use client'

import { useActionState, useState } from 'react'
import { decline, sendRefusal } from '@/app/(auth)/invitations/[secret]/actions'
import { type ActionProblem, attempt } from '@/components/settings/action-outcome'
import { NOTHING_SENT } from '@/components/settings/form-state'
import { ProblemNotice } from '@/components/settings/problem-notice'
import { AlertDialog } from '@/components/ui/alert-dialog'
import { Button } from '@/components/ui/button'

export type InvitationDeclineProps = { secret: string; organizationName: string }

const CONSEQUENCE = 'The link stops working. To join later you need a new invitation.'

export function InvitationDecline({ secret, organizationName }: InvitationDeclineProps) {
  const [open, setOpen] = useState(false)
  const [problem, setProblem] = useState<ActionProblem | null>(null)
  async function confirm() {
    const outcome = await attempt(() => decline({ secret }))
    setProblem(outcome.ok ? null : outcome.problem)
    // The page then says that the invitation has ended.
    if (outcome.ok) window.location.reload()
    return false
  }
  return (
    <>
      <Button variant="ghost" onClick={() => setOpen(true)} className="scriptless:hidden">
        Decline
      </Button>
      {/* Not that button's own act: a press before the scripts are there would decline without asking. */}
      <noscript>
        <DeclineWithoutScripts secret={secret} />
      </noscript>
      <AlertDialog
        open={open}
        onOpenChange={setOpen}
        title={`Decline to join ${organizationName}?`}
        description={CONSEQUENCE}
        confirmLabel="Decline invitation"
        onConfirm={confirm}
      >
        <ProblemNotice problem={problem} title="It was not declined" />
      </AlertDialog>
    </>
  )
}

/** The same question, asked by the browser itself. */
function DeclineWithoutScripts({ secret }: { secret: string }) {
  const [sent, send] = useActionState(sendRefusal, NOTHING_SENT)
  return (
    <details className="text-sm" open={sent.problem !== null}>
      <summary className="cursor-pointer py-1.5 text-muted">Decline</summary>
      <form action={send} className="flex flex-col items-start gap-2 pt-2">
        <input type="hidden" name="secret" value={secret} />
        <ProblemNotice problem={sent.problem} title="It was not declined" />
        <p className="text-muted">{CONSEQUENCE}</p>
        <Button type="submit" variant="danger">
          Decline invitation
        </Button>
      </form>
    </details>
  )
}
