'use client'

import { useState } from 'react'
import type { ActionProblem, Outcome } from '@/components/settings/action-outcome'
import { ProblemNotice } from '@/components/settings/problem-notice'
import { AlertDialog } from '@/components/ui/alert-dialog'
import type { Member } from '@/lib/team/model'
import { WhatEnds } from './what-ends'

export type RemoveMemberDialogProps = {
  member: Member
  organizationName: string
  remove: (member: Member) => Promise<Outcome<void>>
  onClose: () => void
}

/** Mount to open. Says what dies and what survives. */
export function RemoveMemberDialog(props: RemoveMemberDialogProps) {
  const { member, organizationName, remove, onClose } = props
  const [problem, setProblem] = useState<ActionProblem | null>(null)
  async function confirm() {
    const outcome = await remove(member)
    setProblem(outcome.ok ? null : outcome.problem)
    return outcome.ok
  }
  return (
    <AlertDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Remove ${member.displayName}?`}
      description={
        <p>
          {member.email} loses access to {organizationName} at the next request.
        </p>
      }
      confirmLabel="Remove member"
      onConfirm={confirm}
    >
      <WhatEnds tokens={member.tokenCount ?? 0} whose="Their" />
      <ProblemNotice problem={problem} title="Nobody was removed" />
    </AlertDialog>
  )
}
