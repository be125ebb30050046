'use client'

import { type RowData, useTable } from '@tanstack/react-table'
import { type ReactNode, useState } from 'react'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { Table, TBody, Td, THead, Tr } from '@/components/ui/table'
import { Th } from '@/components/ui/table-heading'
import { ListEnd } from './list-end'
import { type ListColumns, listFeatures } from './list-features'
import { type ListFilter, type ListFilters, writeListFilters } from './list-filters'
import { ListToolbar } from './list-toolbar'

const ROWS_PER_PAGE = 50
const NO_FILTERS: ListFilters = { search: '', chosen: {} }

export type ListTableProps<Row extends RowData> = {
  /** What its rows are: "service account", "service accounts". */
  noun: { one: string; many: string }
  /** Give the same array again for as long as it means the same, as with `rows`. */
  columns: ListColumns<Row>
  rows: readonly Row[]
  rowId: (row: Row) => string
  sortedBy: { id: string; desc: boolean }
  filters: readonly ListFilter[]
  /** As the address has them. */
  initialFilters: ListFilters
  searchPlaceholder: string
  /** Off where there is nothing to choose from. */
  filterable?: boolean | undefined
  /** At the right, above the list. */
  actions: ReactNode
  /** In place of what a column shows, by its id: for cells that act. */
  cells?: Readonly<Record<string, (row: Row) => ReactNode>> | undefined
  /** At the end of each row. */
  rowActions?: ((row: Row) => ReactNode) | undefined
  /** Rows hold a RowLink. */
  interactive?: boolean | undefined
  cellClass?: ((row: Row) => string | undefined) | undefined
}

/** All of something in one list that is searched, filtered and sorted in the browser. */
export function ListTable<Row extends RowData>(props: ListTableProps<Row>) {
  const { noun, rows, rowActions, cells = {}, filterable = true } = props
  const [filters, setFilters] = useState(props.initialFilters)
  const table = useTable({
    features: listFeatures,
    columns: props.columns,
    data: rows,
    getRowId: props.rowId,
    globalFilterFn: 'includesString',
    autoResetPageIndex: false,
    state: {
      globalFilter: filters.search.trim(),
      columnFilters: Object.entries(filters.chosen)
        .filter(([, values]) => values.length > 0)
        .map(([id, value]) => ({ id, value })),
    },
    initialState: {
      sorting: [props.sortedBy],
      pagination: { pageIndex: 0, pageSize: ROWS_PER_PAGE },
    },
  })
  function show(next: ListFilters) {
    setFilters(next)
    writeListFilters(next)
    table.setPageIndex(0)
  }
  const shown = table.getRowModel().rows
  const label = noun.many.charAt(0).toUpperCase() + noun.many.slice(1)
  return (
    <div className="flex min-w-0 flex-col gap-3">
      {filterable ? (
        <ListToolbar
          label={`Search ${noun.many}`}
          placeholder={props.searchPlaceholder}
          offered={props.filters}
          filters={filters}
          onChange={show}
          actions={props.actions}
        />
      ) : (
        <div className="flex justify-end empty:hidden">{props.actions}</div>
      )}
      <Table label={label}>
        <THead>
          {table.getHeaderGroups().map((group) => (
            <tr key={group.id}>
              {group.headers.map((header) => (
                <Th
                  key={header.id}
                  align={header.column.columnDef.meta?.align}
                  sort={header.column.getIsSorted() || null}
                  onSort={() => header.column.toggleSorting()}
                >
                  <table.FlexRender header={header} />
                </Th>
              ))}
              {rowActions ? <Th srOnly>Actions</Th> : null}
            </tr>
          ))}
        </THead>
        <TBody>
          {shown.map((row) => (
            <Tr key={row.id} interactive={props.interactive}>
              {row.getAllCells().map((cell) => (
                <Td
                  key={cell.id}
                  align={cell.column.columnDef.meta?.align}
                  className={props.cellClass?.(row.original)}
                >
                  {cells[cell.column.id]?.(row.original) ?? <table.FlexRender cell={cell} />}
                </Td>
              ))}
              {rowActions ? <Td align="right">{rowActions(row.original)}</Td> : null}
            </Tr>
          ))}
          {shown.length === 0 ? (
            <tr>
              <td colSpan={table.getAllColumns().length + (rowActions ? 1 : 0)}>
                <EmptyState
                  framed={false}
                  title={`No ${noun.one} matches`}
                  actions={<Button onClick={() => show(NO_FILTERS)}>Clear filters</Button>}
                />
              </td>
            </tr>
          ) : null}
        </TBody>
      </Table>
      <ListEnd
        noun={noun}
        shown={shown.length}
        matching={table.getFilteredRowModel().rows.length}
        previous={table.getCanPreviousPage() ? () => table.previousPage() : null}
        next={table.getCanNextPage() ? () => table.nextPage() : null}
      />
    </div>
  )
}
