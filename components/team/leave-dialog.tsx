'use client'

import { useState } from 'react'
import { leaveTeam } from '@/app/[tenant]/settings/team/actions'
import { type ActionProblem, attempt } from '@/components/settings/action-outcome'
import { ProblemNotice } from '@/components/settings/problem-notice'
import { AlertDialog } from '@/components/ui/alert-dialog'
import type { Member } from '@/lib/team/model'
import type { TeamFacts } from './team-facts'
import { WhatEnds } from './what-ends'

export type LeaveDialogProps = { facts: TeamFacts; member: Member; onClose: () => void }

/** Mount to open. */
export function LeaveDialog({ facts, member, onClose }: LeaveDialogProps) {
  const [problem, setProblem] = useState<ActionProblem | null>(null)
  async function confirm() {
    const outcome = await attempt(() => leaveTeam(facts.tenant, {}))
    setProblem(outcome.ok ? null : outcome.problem)
    // A whole new document: nothing of the organization stays in this tab's memory.
    if (outcome.ok) window.location.assign('/')
    return false
  }
  return (
    <AlertDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Leave ${facts.organizationName}?`}
      description={<p>Only an admin can invite you again.</p>}
      confirmLabel="Leave organization"
      onConfirm={confirm}
    >
      <WhatEnds tokens={member.tokenCount ?? 0} whose="Your" />
      <ProblemNotice problem={problem} title="You are still a member" />
    </AlertDialog>
  )
}
