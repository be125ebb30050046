'use client'

import { MoreHorizontal } from 'lucide-react'
import { lazy } from 'react'
import { Button } from '@/components/ui/button'
import { OnDemand } from '@/components/ui/on-demand'
import type { Member } from '@/lib/team/model'
import type { MemberActs } from './use-member-acts'

const load = () => import('./member-menu-items')
const MemberMenuItems = lazy(async () => ({ default: (await load()).MemberMenuItems }))

export type MemberMenuProps = { member: Member; acts: MemberActs }

/** Admins act on everybody; everybody may leave. */
export function MemberMenu({ member, acts }: MemberMenuProps) {
  if (!acts.mayManage && !member.you) return null
  const trigger = (
    <Button variant="ghost" size="icon-sm" aria-label={`Actions for ${member.displayName}`}>
      <MoreHorizontal aria-hidden />
    </Button>
  )
  return (
    <OnDemand opens="menu" trigger={trigger} load={load}>
      <MemberMenuItems trigger={trigger} member={member} acts={acts} />
    </OnDemand>
  )
}
