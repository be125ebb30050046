'use client'

import { type ReactNode, useCallback, useMemo } from 'react'
import type { ListFilters } from '@/components/settings/list-filters'
import { ListTable } from '@/components/settings/list-table'
import type { Member } from '@/lib/team/model'
import { memberCells } from './member-cells'
import { MANAGED_MEMBER_COLUMNS, MEMBER_COLUMNS } from './member-columns'
import { MemberMenu } from './member-menu'
import { memberFilters } from './team-facts'
import type { MemberActs } from './use-member-acts'

const NOUN = { one: 'member', many: 'members' }
const SORTED_BY = { id: 'person', desc: false }
const idOf = (member: Member) => member.userId
const cellClass = () => 'whitespace-nowrap'

export type MemberTableProps = {
  members: readonly Member[]
  acts: MemberActs
  now: number
  /** As the address has them. */
  initialFilters: ListFilters
  actions: ReactNode
}

export function MemberTable({ members, acts, now, initialFilters, actions }: MemberTableProps) {
  const { mayManage, chooseRole } = acts
  const filters = useMemo(() => memberFilters(mayManage), [mayManage])
  const cells = useMemo(
    () => memberCells({ chooseRole: mayManage ? chooseRole : null, now }),
    [mayManage, chooseRole, now],
  )
  const menu = useCallback((member: Member) => <MemberMenu member={member} acts={acts} />, [acts])
  return (
    <ListTable
      noun={NOUN}
      columns={mayManage ? MANAGED_MEMBER_COLUMNS : MEMBER_COLUMNS}
      rows={members}
      rowId={idOf}
      searchedColumn="person"
      sortedBy={SORTED_BY}
      filters={filters}
      initialFilters={initialFilters}
      searchPlaceholder="Search names, addresses"
      filterable={members.length > 1}
      actions={actions}
      cells={cells}
      rowActions={menu}
      cellClass={cellClass}
    />
  )
}
