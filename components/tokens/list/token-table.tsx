'use client'

import type { ReactTable, Row } from '@tanstack/react-table'
import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useRef } from 'react'
import { Checkbox } from '@/components/ui/checkbox'
import { THead } from '@/components/ui/table'
import { Th } from '@/components/ui/table-heading'
import { COLUMN_WIDTHS, NAME_WIDTH_MIN, type tokenTableFeatures } from './token-columns'
import type { SortableColumn, TokenSort } from './token-filters'
import type { TokenRow } from './token-rows'
import { TokenTableRow } from './token-table-row'

export type TokenTableInstance = ReactTable<typeof tokenTableFeatures, TokenRow>
export type TokenTableLine = Row<typeof tokenTableFeatures, TokenRow>

export type TokenTableProps = {
  label: string
  table: TokenTableInstance
  sort: TokenSort | null
  onSort: (column: SortableColumn) => void
  /** Tokens whose revocation is under way. */
  pending: ReadonlySet<string>
  viewerId: string
  mayWrite: boolean
  onRevoke: (row: TokenRow) => void
  tokensPath: string
  /** The server's clock, epoch ms. */
  now: number
  /** In place of rows; the head stays. */
  empty: ReactNode
}

/** Rows are of one height (two lines and the border), so the window needs no measuring. */
const ROW_HEIGHT = 57
const FIRST_PAINT = { width: 1000, height: 640 }

/** A real table of which only the rows in sight exist; the rest is two spacers. */
export function TokenTable(props: TokenTableProps) {
  const { label, table, empty } = props
  const region = useRef<HTMLElement>(null)
  const rows = table.getRowModel().rows
  const columns = table.getVisibleLeafColumns()
  const columnKey = columns.map((column) => column.id).join()
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => region.current,
    estimateSize: () => ROW_HEIGHT,
    // Each row costs a keystroke some 2 ms; two are enough for the Tab key and a slow wheel.
    overscan: 2,
    initialRect: FIRST_PAINT,
    observeElementRect: observeRoom,
  })
  const items = virtualizer.getVirtualItems()
  const before = items[0]?.start ?? 0
  const after = virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0)
  const minWidth = columns.reduce(
    (sum, column) => sum + (COLUMN_WIDTHS[column.id] ?? NAME_WIDTH_MIN),
    (COLUMN_WIDTHS.select ?? 0) + (COLUMN_WIDTHS.actions ?? 0),
  )
  return (
    <section
      ref={region}
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
      tabIndex={0}
      className="focus-inset contain-content max-h-[max(24rem,calc(100dvh-20rem))] overflow-auto overscroll-x-contain rounded-lg border border-subtle bg-surface shadow-card"
    >
      <table
        aria-label={label}
        aria-rowcount={rows.length + 1}
        className="w-full table-fixed border-separate border-spacing-0 text-left text-sm tabular-nums"
        style={{ minWidth }}
      >
        <colgroup>
          <col width={COLUMN_WIDTHS.select} />
          {columns.map((column) => (
            <col key={column.id} width={COLUMN_WIDTHS[column.id]} />
          ))}
          <col width={COLUMN_WIDTHS.actions} />
        </colgroup>
        <TokenTableHead {...props} />
        <tbody>
          {before > 0 ? <Spacer height={before} columns={columns.length + 2} /> : null}
          {items.map((item) => {
            const row = rows[item.index]
            return row ? (
              <TokenTableRow
                // By place, not by token: what a keystroke brings in takes over rows that stand already.
                key={item.index}
                row={row}
                index={item.index}
                columnKey={columnKey}
                selected={row.getIsSelected()}
                pending={props.pending.has(row.id)}
                own={row.original.ownerId === props.viewerId}
                mayWrite={props.mayWrite}
                onRevoke={props.onRevoke}
                tokensPath={props.tokensPath}
                now={props.now}
              />
            ) : null
          })}
          {after > 0 ? <Spacer height={after} columns={columns.length + 2} /> : null}
          {rows.length === 0 ? (
            <tr>
              <td colSpan={columns.length + 2}>{empty}</td>
            </tr>
          ) : null}
        </tbody>
      </table>
    </section>
  )
}

/**
 * How much the list may fill, not how much it fills now: after a search with few results the rows of the
 * next one would otherwise come in a second rendering, once the box has grown.
 */
function observeRoom(
  { scrollElement }: Virtualizer<HTMLElement, Element>,
  report: (room: { width: number; height: number }) => void,
) {
  if (!scrollElement) return
  const measure = () =>
    report({
      width: scrollElement.clientWidth,
      height: Number.parseFloat(getComputedStyle(scrollElement).maxHeight),
    })
  measure()
  window.addEventListener('resize', measure)
  return () => window.removeEventListener('resize', measure)
}

function Spacer({ height, columns }: { height: number; columns: number }) {
  return (
    <tr aria-hidden>
      <td colSpan={columns} style={{ height }} className="p-0" />
    </tr>
  )
}

function TokenTableHead({ table, sort, onSort }: TokenTableProps) {
  const selectable = table.getFilteredRowModel().rows.some((row) => row.getCanSelect())
  const all = selectable && table.getIsAllRowsSelected()
  const some = !all && table.getIsSomeRowsSelected()
  return (
    <THead className="sticky top-0 z-2">
      <tr>
        <Th className="border-subtle border-b bg-inset px-2">
          <Checkbox
            className="align-middle"
            aria-label="Select all tokens shown"
            checked={some ? 'indeterminate' : all}
            disabled={!selectable}
            onCheckedChange={() => table.toggleAllRowsSelected(!all)}
          />
        </Th>
        {table.getHeaderGroups()[0]?.headers.map((header) => {
          const id = header.column.id as SortableColumn
          const direction = sort?.id === id ? (sort.desc ? 'desc' : 'asc') : null
          return (
            <Th
              key={header.id}
              sort={direction}
              onSort={() => onSort(id)}
              className="border-subtle border-b bg-inset px-2"
            >
              <table.FlexRender header={header} />
            </Th>
          )
        })}
        <Th srOnly className="border-subtle border-b bg-inset px-2">
          Actions
        </Th>
      </tr>
    </THead>
  )
}
