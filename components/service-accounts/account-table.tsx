'use client'

import { useTable } from '@tanstack/react-table'
import { type ReactNode, useMemo, useState } from 'react'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { MultiSelectFilter } from '@/components/ui/multi-select-filter'
import { SearchInput } from '@/components/ui/search-input'
import { Table, TBody, Td, THead, Tr } from '@/components/ui/table'
import { Th } from '@/components/ui/table-heading'
import type { ServiceAccountSummary } from '@/lib/service-accounts/model'
import { type AccountRow, accountColumns, accountFeatures } from './account-columns'
import { ACCOUNT_STATE_LABELS, ACCOUNT_STATES } from './account-words'

const ROWS_PER_PAGE = 50
const RIGHT_ALIGNED = new Set(['activeTokens'])
const STATE_OPTIONS = ACCOUNT_STATES.map((value) => ({
  value,
  label: ACCOUNT_STATE_LABELS[value],
}))

export interface AccountFilters {
  search: string
  states: string[]
}

export type AccountTableProps = {
  accounts: readonly ServiceAccountSummary[]
  /** Where an account's page is, without the id. */
  baseHref: string
  now: number
  /** As the address has them. */
  initialFilters: AccountFilters
  actions: ReactNode
}

export function AccountTable(props: AccountTableProps) {
  const [filters, setFilters] = useState(props.initialFilters)
  const rows = useAccountRows(props)
  const table = useTable({
    features: accountFeatures,
    columns: accountColumns,
    data: rows,
    getRowId: (row) => row.id,
    globalFilterFn: 'includesString',
    state: {
      globalFilter: filters.search.trim(),
      columnFilters: filters.states.length > 0 ? [{ id: 'state', value: filters.states }] : [],
    },
    initialState: {
      sorting: [{ id: 'createdAt', desc: true }],
      pagination: { pageIndex: 0, pageSize: ROWS_PER_PAGE },
    },
  })
  function show(next: AccountFilters) {
    setFilters(next)
    writeFiltersToAddress(next)
    table.setPageIndex(0)
  }
  const shown = table.getRowModel().rows
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <SearchInput
          label="Search service accounts"
          placeholder="Search names, descriptions"
          value={filters.search}
          onValueChange={(search) => show({ ...filters, search })}
        />
        <MultiSelectFilter
          label="State"
          options={STATE_OPTIONS}
          value={filters.states}
          onValueChange={(states) => show({ ...filters, states })}
        />
        <div className="ml-auto flex flex-wrap gap-2">{props.actions}</div>
      </div>
      <Table label="Service accounts">
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
            </tr>
          ))}
        </THead>
        <TBody>
          {shown.map((row) => (
            <Tr key={row.id} interactive>
              {row.getAllCells().map((cell) => (
                <Td
                  key={cell.id}
                  align={RIGHT_ALIGNED.has(cell.column.id) ? 'right' : 'left'}
                  className={row.original.state === 'revoked' ? 'text-muted' : undefined}
                >
                  <table.FlexRender cell={cell} />
                </Td>
              ))}
            </Tr>
          ))}
          {shown.length === 0 ? (
            <tr>
              <td colSpan={accountColumns.length}>
                <EmptyState
                  framed={false}
                  title="No service account matches"
                  actions={
                    <Button onClick={() => show({ search: '', states: [] })}>Clear filters</Button>
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

function useAccountRows({ accounts, baseHref, now }: AccountTableProps): AccountRow[] {
  return useMemo(
    () => accounts.map((account) => ({ ...account, href: `${baseHref}/${account.id}`, now })),
    [accounts, baseHref, now],
  )
}

type TableEndProps = {
  shown: number
  matching: number
  previous: (() => void) | null
  next: (() => void) | null
}

function TableEnd({ shown, matching, previous, next }: TableEndProps) {
  const accounts = matching === 1 ? 'service account' : 'service accounts'
  const count = shown === matching ? matching : `${shown} of ${matching}`
  return (
    <div className="flex min-h-8 flex-wrap items-center justify-between gap-3">
      <output className="text-muted text-sm tabular-nums">
        {count} {accounts}
      </output>
      {previous || next ? (
        <div className="flex gap-2">
          <Button aria-disabled={previous === null || undefined} onClick={() => previous?.()}>
            Previous
          </Button>
          <Button aria-disabled={next === null || undefined} onClick={() => next?.()}>
            Next
          </Button>
        </div>
      ) : null}
    </div>
  )
}

/** Filtering happens in the browser: the address follows without a round trip. */
function writeFiltersToAddress(filters: AccountFilters): void {
  const url = new URL(window.location.href)
  url.searchParams.delete('q')
  url.searchParams.delete('state')
  if (filters.search) url.searchParams.set('q', filters.search)
  for (const state of filters.states) url.searchParams.append('state', state)
  window.history.replaceState(null, '', url)
}
