'use client'

import { LogOut, UserCog, UserMinus } from 'lucide-react'
import type { ReactElement } from 'react'
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from '@/components/ui/dropdown-menu'
import type { MemberMenuProps } from './member-menu'

/** Mounts open. */
export function MemberMenuItems({
  trigger,
  member,
  acts,
}: MemberMenuProps & { trigger: ReactElement }) {
  return (
    <DropdownMenu defaultOpen>
      <DropdownMenuTrigger asChild>{trigger}</DropdownMenuTrigger>
      <DropdownMenuContent>
        {acts.mayManage ? (
          <DropdownMenuItem icon={<UserCog aria-hidden />} onSelect={() => acts.askRole(member)}>
            Change role…
          </DropdownMenuItem>
        ) : null}
        {member.you ? (
          <DropdownMenuItem
            tone="danger"
            icon={<LogOut aria-hidden />}
            onSelect={() => acts.askLeave(member)}
          >
            Leave organization…
          </DropdownMenuItem>
        ) : (
          <DropdownMenuItem
            tone="danger"
            icon={<UserMinus aria-hidden />}
            onSelect={() => acts.askRemoval(member)}
          >
            Remove…
          </DropdownMenuItem>
        )}
      </DropdownMenuContent>
    </DropdownMenu>
  )
}
