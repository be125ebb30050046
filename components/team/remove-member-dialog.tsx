'use client'

import { ActDialog } from '@/components/settings/act-dialog'
import type { Outcome } from '@/components/settings/action-outcome'
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
  return (
    <ActDialog
      open
      onClose={onClose}
      act={() => remove(member)}
      title={`Remove ${member.displayName}?`}
      description={
        <p>
          {member.email} loses access to {organizationName} at the next request.
        </p>
      }
      confirmLabel="Remove member"
      problemTitle="Nobody was removed"
    >
      <WhatEnds tokens={member.tokenCount ?? 0} whose="Their" />
    </ActDialog>
  )
}
