'use client'

import { useTable } from '@tanstack/react-table'
import { type ReactNode, useMemo, useState } from 'react'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { MultiSelectFilter } from '@/components/ui/multi-select-filter'
import { SearchInput } from '@/components/ui/search-input'
import { Table, TBody, Td, THead, Tr } from '@/components/ui/table'
import { Th } from '@/components/ui/table-heading'
import { ROLE_FACTS, ROLES, type Role } from '@/lib/access/roles'
import type { Member } from '@/lib/team/model'
import { MANAGED_COLUMNS, memberFeatures, READ_ONLY_COLUMNS } from './member-columns'
import { MemberMenu } from './member-menu'
import { RoleSelect } from './role-select'
import { TableEnd } from './table-end'
import type { MemberActs } from './use-member-acts'

const ROWS_PER_PAGE = 50
const RIGHT_ALIGNED = new Set(['tokens'])
const ROLE_FILTER = ROLES.map((value) => ({ value, label: ROLE_FACTS[value].label }))

export interface MemberFilters {
  search: string
  roles: string[]
}

export type MemberTableProps = {
  members: readonly Member[]
  acts: MemberActs
  now: number
  /** As the address has them. */
  initialFilters: MemberFilters
  actions: ReactNode
}

export function MemberTable({ members, acts, now, initialFilters, actions }: MemberTableProps) {
  const [filters, setFilters] = useState(initialFilters)
  const rows = useMemo(() => members.map((member) => ({ ...member, now })), [members, now])
  const table = useTable({
    features: memberFeatures,
    columns: acts.mayManage ? MANAGED_COLUMNS : READ_ONLY_COLUMNS,
    data: rows,
    getRowId: (row) => row.userId,
    globalFilterFn: 'includesString',
    autoResetPageIndex: false,
    state: {
      globalFilter: filters.search.trim(),
      columnFilters: filters.roles.length > 0 ? [{ id: 'role', value: filters.roles }] : [],
    },
    initialState: {
      sorting: [{ id: 'person', desc: false }],
      pagination: { pageIndex: 0, pageSize: ROWS_PER_PAGE },
    },
  })
  function show(next: MemberFilters) {
    setFilters(next)
    writeFiltersToAddress(next)
    table.setPageIndex(0)
  }
  const shown = table.getRowModel().rows
  const columnCount = table.getAllColumns().length + 1
  return (
    <div className="flex min-w-0 flex-col gap-3">
      {members.length > 1 ? (
        <div className="flex flex-wrap items-center gap-2">
          <SearchInput
            label="Search members"
            placeholder="Search names, addresses"
            value={filters.search}
            onValueChange={(search) => show({ ...filters, search })}
          />
          <MultiSelectFilter
            label="Role"
            options={ROLE_FILTER}
            value={filters.roles}
            onValueChange={(roles) => show({ ...filters, roles })}
          />
          <div className="ml-auto flex flex-wrap gap-2">{actions}</div>
        </div>
      ) : (
        <div className="flex justify-end empty:hidden">{actions}</div>
      )}
      <Table label="Members">
        <THead>
          {table.getHeaderGroups().map((group) => (
            <tr key={group.id}>
              {group.headers.map((header) => (
                <Th
                  key={header.id}
                  align={RIGHT_ALIGNED.has(header.column.id) ? 'right' : 'left'}
                  sort={header.column.getIsSorted() || null}
                  onSort={() => header.column.toggleSorting()}
                >
                  <table.FlexRender header={header} />
                </Th>
              ))}
              <Th srOnly>Actions</Th>
            </tr>
          ))}
        </THead>
        <TBody>
          {shown.map((row) => (
            <Tr key={row.id}>
              {row.getAllCells().map((cell) => (
                <Td
                  key={cell.id}
                  align={RIGHT_ALIGNED.has(cell.column.id) ? 'right' : 'left'}
                  className="whitespace-nowrap"
                >
                  {cell.column.id === 'role' && acts.mayManage ? (
                    <RoleSelect
                      member={row.original}
                      onChoose={(role: Role) => acts.chooseRole(row.original, role)}
                    />
                  ) : (
                    <table.FlexRender cell={cell} />
                  )}
                </Td>
              ))}
              <Td align="right">
                <MemberMenu member={row.original} acts={acts} />
              </Td>
            </Tr>
          ))}
          {shown.length === 0 ? (
            <tr>
              <td colSpan={columnCount}>
                <EmptyState
                  framed={false}
                  title="No member matches"
                  actions={
                    <Button onClick={() => show({ search: '', roles: [] })}>Clear filters</Button>
                  }
                />
              </td>
            </tr>
          ) : null}
        </TBody>
      </Table>
      <TableEnd
        shown={shown.length}
        matching={table.getFilteredRowModel().rows.length}
        previous={table.getCanPreviousPage() ? () => table.previousPage() : null}
        next={table.getCanNextPage() ? () => table.nextPage() : null}
      />
    </div>
  )
}

/** Filtering happens in the browser: the address follows without a round trip. */
function writeFiltersToAddress(filters: MemberFilters): void {
  const url = new URL(window.location.href)
  url.searchParams.delete('q')
  url.searchParams.delete('role')
  if (filters.search) url.searchParams.set('q', filters.search)
  for (const role of filters.roles) url.searchParams.append('role', role)
  window.history.replaceState(null, '', url)
}
