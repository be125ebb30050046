'use client'

import { useState } from 'react'
import type { ActionProblem, Outcome } from '@/components/settings/action-outcome'
import { ProblemNotice } from '@/components/settings/problem-notice'
import { AlertDialog } from '@/components/ui/alert-dialog'
import { RadioCards } from '@/components/ui/radio-cards'
import { ROLE_FACTS, type Role } from '@/lib/access/roles'
import type { Member } from '@/lib/team/model'
import { ROLE_OPTIONS } from './team-facts'

export type ChangeRoleDialogProps = {
  member: Member
  /** Chosen in the list already, or the present one. */
  initialRole: Role
  change: (member: Member, role: Role) => Promise<Outcome<void>>
  onClose: () => void
}

/** Mount to open. What each role may do, and what the change means for the person. */
export function ChangeRoleDialog({ member, initialRole, change, onClose }: ChangeRoleDialogProps) {
  const [role, setRole] = useState(initialRole)
  const [problem, setProblem] = useState<ActionProblem | null>(null)
  async function confirm() {
    if (role === member.role) return true
    const outcome = await change(member, role)
    setProblem(outcome.ok ? null : outcome.problem)
    return outcome.ok
  }
  return (
    <AlertDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={member.you ? 'Change your own role' : `Change the role of ${member.displayName}`}
      description={<p>{effect(member, role)}</p>}
      confirmLabel="Change role"
      tone="primary"
      onConfirm={confirm}
    >
      <RadioCards
        label="Role"
        columns={1}
        options={ROLE_OPTIONS}
        value={role}
        onValueChange={(next) => {
          setRole(next as Role)
          setProblem(null)
        }}
      />
      <ProblemNotice problem={problem} title="The role was not changed" />
    </AlertDialog>
  )
}

function effect(member: Member, role: Role): string {
  const label = ROLE_FACTS[role].label
  if (role === member.role) return `The role is ${label} now. A change takes effect at once.`
  if (member.you && member.role === 'ADMIN') {
    return `You will no longer manage this organization. Only another admin can make you one again. Your tokens keep working, within what ${label} may do.`
  }
  const whose = member.you ? 'your' : 'their'
  if (role === 'ADMIN') {
    return `Admins manage everything: people, roles, policy and every token. It takes effect at once.`
  }
  return `It takes effect at once. Tokens keep working, and from the next request on do at most what ${whose} new role may.`
}
