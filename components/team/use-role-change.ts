'use client'

import { useRouter } from 'next/navigation'
import { useCallback, useOptimistic, useTransition } from 'react'
import { setRole } from '@/app/[tenant]/settings/team/actions'
import { attempt, type Outcome } from '@/components/settings/action-outcome'
import type { Reauthentication } from '@/components/settings/use-reauthentication'
import { notify } from '@/components/ui/notify'
import { ROLE_FACTS, type Role } from '@/lib/access/roles'
import type { Member } from '@/lib/team/model'

/** Changing roles, in a dialog or at once, and the members with roles as they will be meanwhile. */
export function useRoleChange(
  tenant: string,
  stored: readonly Member[],
  run: Reauthentication['run'],
) {
  const router = useRouter()
  const [, startTransition] = useTransition()
  const [members, showRole] = useOptimistic(
    stored,
    (list, change: { userId: string; role: Role }) =>
      list.map((member) => (member.userId === change.userId ? { ...member, ...change } : member)),
  )

  const change = useCallback(
    async (member: Member, role: Role): Promise<Outcome<void>> => {
      const input = { userId: member.userId, role }
      const outcome = await run(() => attempt(() => setRole(tenant, input)))
      if (outcome.ok) {
        const whom = member.you ? 'You are' : `${member.displayName} is`
        notify.success(`${whom} now ${ROLE_FACTS[role].label}`)
        router.refresh()
      }
      return outcome
    },
    [run, router, tenant],
  )

  const changeAtOnce = useCallback(
    (member: Member, role: Role) =>
      startTransition(async () => {
        showRole({ userId: member.userId, role })
        const outcome = await change(member, role)
        if (outcome.ok) return
        notify.error('The role was not changed', { description: outcome.problem.message })
      }),
    [change, showRole],
  )

  return { members, change, changeAtOnce }
}
