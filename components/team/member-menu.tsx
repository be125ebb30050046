'use client'

import { LogOut, UserCog, UserMinus } from 'lucide-react'
import { type RowAction, RowMenu } from '@/components/ui/row-menu'
import type { Member } from '@/lib/team/model'
import type { MemberActs } from './use-member-acts'

export type MemberMenuProps = { member: Member; acts: MemberActs }

export function MemberMenu({ member, acts }: MemberMenuProps) {
  return <RowMenu name={member.displayName} actions={actionsOn(member, acts)} />
}

/** Admins act on everybody; everybody may leave. */
function actionsOn(member: Member, acts: MemberActs): RowAction[] {
  const changeRole: RowAction = {
    label: 'Change role…',
    icon: <UserCog aria-hidden />,
    onSelect: () => acts.askRole(member),
  }
  const leave: RowAction = {
    label: 'Leave organization…',
    icon: <LogOut aria-hidden />,
    tone: 'danger',
    onSelect: () => acts.askLeave(member),
  }
  const remove: RowAction = {
    label: 'Remove…',
    icon: <UserMinus aria-hidden />,
    tone: 'danger',
    onSelect: () => acts.askRemoval(member),
  }
  if (!acts.mayManage) return member.you ? [leave] : []
  return [changeRole, member.you ? leave : remove]
}
