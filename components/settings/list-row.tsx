'use client'

import type { Column, RowData } from '@tanstack/react-table'
import { Fragment, memo, type ReactNode } from 'react'
import { Td, Tr } from '@/components/ui/table'
import type { ListLine, listFeatures } from './list-features'

export type ListRowParts<Data extends RowData> = {
  /**
   * What a column shows, by its id; its value where nothing is given. Called straight from the row: the
   * library's cells are objects and components of their own, made for each row that comes into sight.
   */
  cells: Readonly<Record<string, (row: Data) => ReactNode>>
  /** At the end of each row. */
  rowActions?: ((row: Data) => ReactNode) | undefined
  /** Rows hold a RowLink. */
  interactive?: boolean | undefined
  cellClass?: ((row: Data) => string | undefined) | undefined
}

export type ListRowProps<Data extends RowData> = ListRowParts<Data> & {
  row: ListLine<Data>
  columns: readonly Column<typeof listFeatures, Data>[]
}

/** Memoized: a keystroke renders only the rows that show something else now. */
export const ListRow = memo(OneListRow) as typeof OneListRow

function OneListRow<Data extends RowData>(props: ListRowProps<Data>) {
  const { row, columns, cells, rowActions } = props
  const className = props.cellClass?.(row.original)
  return (
    <Tr interactive={props.interactive}>
      {columns.map(({ id, columnDef }) => (
        <Td key={id} align={columnDef.meta?.align} className={className}>
          {cells[id]?.(row.original) ?? String(row.getValue(id))}
        </Td>
      ))}
      {rowActions ? (
        <Td align="right" pinned>
          {/* A row changes what it shows where it stands; an open menu must not go over to the other one. */}
          <Fragment key={row.id}>{rowActions(row.original)}</Fragment>
        </Td>
      ) : null}
    </Tr>
  )
}
