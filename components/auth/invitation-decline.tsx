'use client'

import { useState } from 'react'
import { decline } from '@/app/(auth)/invitations/[secret]/actions'
import { type ActionProblem, attempt } from '@/components/settings/action-outcome'
import { ProblemNotice } from '@/components/settings/problem-notice'
import { AlertDialog } from '@/components/ui/alert-dialog'
import { Button } from '@/components/ui/button'

export type InvitationDeclineProps = { secret: string; organizationName: string }

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
      <Button variant="ghost" onClick={() => setOpen(true)}>
        Decline
      </Button>
      <AlertDialog
        open={open}
        onOpenChange={setOpen}
        title={`Decline to join ${organizationName}?`}
        description="The link stops working. To join later you need a new invitation."
        confirmLabel="Decline invitation"
        onConfirm={confirm}
      >
        <ProblemNotice problem={problem} title="It was not declined" />
      </AlertDialog>
    </>
  )
}
