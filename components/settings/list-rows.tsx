'use client'

import { type RowData, useTable } from '@tanstack/react-table'
import { memo, useMemo } from 'react'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { Table, TBody, THead } from '@/components/ui/table'
import { Th } from '@/components/ui/table-heading'
import { ListEnd } from './list-end'
import { type ListColumns, listFeatures } from './list-features'
import type { ListFilters } from './list-filters'
import { listPredicate } from './list-predicate'
import { ListRow, type ListRowParts } from './list-row'
import { useListPages } from './use-list-pages'

/** Give the same arrays, objects and functions again for as long as they mean the same. */
export type ListRowsProps<Data extends RowData> = ListRowParts<Data> & {
  /** What its rows are: "service account", "service accounts". */
  noun: { one: string; many: string }
  columns: ListColumns<Data>
  rows: readonly Data[]
  rowId: (row: Data) => string
  /** The column whose values the search looks into. */
  searchedColumn: string
  sortedBy: { id: string; desc: boolean }
  filters: ListFilters
  onClear: () => void
}

/** Memoized: neither what is typed into the toolbar nor a dialog beside the list waits for it. */
export const ListRows = memo(AllListRows) as typeof AllListRows

function AllListRows<Data extends RowData>(props: ListRowsProps<Data>) {
  const { noun, columns, rows, filters, searchedColumn, rowActions } = props
  const columnFilters = useMemo(
    () => [{ id: searchedColumn, value: listPredicate(filters, searchedColumn) }],
    [filters, searchedColumn],
  )
  const table = useTable({
    features: listFeatures,
    columns,
    data: rows,
    getRowId: props.rowId,
    state: { columnFilters },
    initialState: { sorting: [props.sortedBy] },
  })
  const matching = table.getRowModel().rows
  const { first, end, previous, next } = useListPages(filters, matching.length)
  const shown = matching.slice(first, end)
  const lines = table.getAllLeafColumns()
  const label = noun.many.charAt(0).toUpperCase() + noun.many.slice(1)
  return (
    <>
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
              {rowActions ? (
                <Th srOnly pinned>
                  Actions
                </Th>
              ) : null}
            </tr>
          ))}
        </THead>
        <TBody>
          {shown.map((row, index) => (
            <ListRow
              // By place, not by row: what a keystroke brings in takes over rows that stand already.
              // biome-ignore lint/suspicious/noArrayIndexKey: that is the point
              key={index}
              row={row}
              columns={lines}
              cells={props.cells}
              rowActions={rowActions}
              interactive={props.interactive}
              cellClass={props.cellClass}
            />
          ))}
          {shown.length === 0 ? (
            <tr>
              <td colSpan={lines.length + (rowActions ? 1 : 0)}>
                <EmptyState
                  framed={false}
                  title={`No ${noun.one} matches`}
                  actions={<Button onClick={props.onClear}>Clear filters</Button>}
                />
              </td>
            </tr>
          ) : null}
        </TBody>
      </Table>
      <ListEnd
        noun={noun}
        shown={shown.length}
        matching={matching.length}
        previous={previous}
        next={next}
      />
    </>
  )
}
