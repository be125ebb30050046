'use client'

import { useRouter } from 'next/navigation'
import { type ReactNode, useMemo, useState } from 'react'
import { remove } from '@/app/[tenant]/settings/team/actions'
import { attempt, type Outcome } from '@/components/settings/action-outcome'
import { useReauthentication } from '@/components/settings/use-reauthentication'
import { lazyOverlay } from '@/components/ui/lazy-overlay'
import { notify } from '@/components/ui/notify'
import type { Role } from '@/lib/access/roles'
import { concernsAdmin, type Member } from '@/lib/team/model'
import type { TeamFacts } from './team-facts'
import { useRoleChange } from './use-role-change'

const ChangeRoleDialog = lazyOverlay(
  () => import('./change-role-dialog').then((module) => module.ChangeRoleDialog),
  { close: (props) => props.onClose() },
)
const RemoveMemberDialog = lazyOverlay(
  () => import('./remove-member-dialog').then((module) => module.RemoveMemberDialog),
  { close: (props) => props.onClose() },
)
const LeaveDialog = lazyOverlay(
  () => import('./leave-dialog').then((module) => module.LeaveDialog),
  { close: (props) => props.onClose() },
)

type Asked =
  | { kind: 'role'; member: Member; role: Role }
  | { kind: 'remove'; member: Member }
  | { kind: 'leave'; member: Member }

/** What the rows need; the same object always, because all rows are rendered anew with another one. */
export interface MemberActs {
  mayManage: boolean
  /** Changes the role, and asks first where it matters. */
  chooseRole: (member: Member, role: Role) => void
  askRole: (member: Member) => void
  askRemoval: (member: Member) => void
  askLeave: (member: Member) => void
}

export interface ActingMembers {
  /** With roles as they will be, while the server is being told. */
  members: readonly Member[]
  acts: MemberActs
  /** Render it once. */
  dialogs: ReactNode
}

/** What can be done with members: the questions, the acts, and how the list looks meanwhile. */
export function useMemberActs(
  facts: TeamFacts,
  stored: readonly Member[],
  mayManage: boolean,
): ActingMembers {
  const { tenant } = facts
  const router = useRouter()
  const [asked, setAsked] = useState<Asked | null>(null)
  const { run, dialog } = useReauthentication(tenant)
  const { members, change, changeAtOnce } = useRoleChange(tenant, stored, run)

  async function removeNow(member: Member): Promise<Outcome<void>> {
    const outcome = await run(() => attempt(() => remove(tenant, { userId: member.userId })))
    if (outcome.ok) {
      notify.success(`${member.displayName} was removed`)
      router.refresh()
    }
    return outcome
  }

  const acts = useMemo<MemberActs>(
    () => ({
      mayManage,
      chooseRole(member, role) {
        if (role === member.role) return
        if (member.you || concernsAdmin(member.role, role)) setAsked({ kind: 'role', member, role })
        else changeAtOnce(member, role)
      },
      askRole: (member) => setAsked({ kind: 'role', member, role: member.role }),
      askRemoval: (member) => setAsked({ kind: 'remove', member }),
      askLeave: (member) => setAsked({ kind: 'leave', member }),
    }),
    [mayManage, changeAtOnce],
  )

  const close = () => setAsked(null)
  return {
    members,
    acts,
    dialogs: (
      <>
        {asked?.kind === 'role' ? (
          <ChangeRoleDialog
            member={asked.member}
            initialRole={asked.role}
            change={change}
            onClose={close}
          />
        ) : null}
        {asked?.kind === 'remove' ? (
          <RemoveMemberDialog
            member={asked.member}
            organizationName={facts.organizationName}
            remove={removeNow}
            onClose={close}
          />
        ) : null}
        {asked?.kind === 'leave' ? (
          <LeaveDialog facts={facts} member={asked.member} onClose={close} />
        ) : null}
        {dialog}
      </>
    ),
  }
}
