'use client'

import { type ReactNode, useMemo } from 'react'
import type { ListFilters } from '@/components/settings/list-filters'
import { ListTable } from '@/components/settings/list-table'
import type { Member } from '@/lib/team/model'
import { memberColumns } from './member-columns'
import { MemberMenu } from './member-menu'
import { RoleSelect } from './role-select'
import { memberFilters } from './team-facts'
import type { MemberActs } from './use-member-acts'

const NOUN = { one: 'member', many: 'members' }

export type MemberTableProps = {
  members: readonly Member[]
  acts: MemberActs
  now: number
  /** As the address has them. */
  initialFilters: ListFilters
  actions: ReactNode
}

export function MemberTable({ members, acts, now, initialFilters, actions }: MemberTableProps) {
  const { mayManage } = acts
  const columns = useMemo(() => memberColumns({ mayManage, now }), [mayManage, now])
  const filters = useMemo(() => memberFilters(mayManage), [mayManage])
  const roleCell = (member: Member) => (
    <RoleSelect member={member} onChoose={(role) => acts.chooseRole(member, role)} />
  )
  return (
    <ListTable
      noun={NOUN}
      columns={columns}
      rows={members}
      rowId={(member) => member.userId}
      sortedBy={{ id: 'person', desc: false }}
      filters={filters}
      initialFilters={initialFilters}
      searchPlaceholder="Search names, addresses"
      filterable={members.length > 1}
      actions={actions}
      cells={mayManage ? { role: roleCell } : {}}
      rowActions={(member) => <MemberMenu member={member} acts={acts} />}
      cellClass={() => 'whitespace-nowrap'}
    />
  )
}
