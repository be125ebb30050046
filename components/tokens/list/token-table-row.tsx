'use client'

import { memo } from 'react'
import { Checkbox } from '@/components/ui/checkbox'
import { cn } from '@/components/ui/class-names'
import { Td, Tr } from '@/components/ui/table'
import { TokenActionsMenu } from './token-actions-menu'
import { TOKEN_CELLS } from './token-cells'
import type { SortableColumn } from './token-filters'
import type { TokenRow } from './token-rows'
import type { TokenTableLine } from './token-table'

export type TokenTableRowProps = {
  row: TokenTableLine
  index: number
  /** The columns shown, joined by commas: compared by value, as memo needs it. */
  columnKey: string
  selected: boolean
  pending: boolean
  own: boolean
  mayWrite: boolean
  onRevoke: (row: TokenRow) => void
  tokensPath: string
  now: number
}

/** Memoized: scrolling and typing must render only the rows that are new to the window. */
export const TokenTableRow = memo(function TokenTableRow({
  row,
  index,
  columnKey,
  selected,
  pending,
  own,
  mayWrite,
  onRevoke,
  tokensPath,
  now,
}: TokenTableRowProps) {
  const columns = columnKey.split(',') as SortableColumn[]
  const cell = 'h-14 border-subtle border-b px-2'
  return (
    <Tr interactive selected={selected} pending={pending} aria-rowindex={index + 2}>
      <Td actions className={cell}>
        <Checkbox
          className="align-middle"
          aria-label={`Select ${row.original.name}`}
          checked={selected}
          disabled={!row.getCanSelect() || pending}
          onCheckedChange={(checked) => row.toggleSelected(checked === true)}
        />
      </Td>
      {columns.map((id) => (
        <Td key={id} className={cn(cell, 'truncate')}>
          {TOKEN_CELLS[id](row.original, { tokensPath, now })}
        </Td>
      ))}
      <Td actions align="right" className={cell}>
        <TokenActionsMenu
          // A row changes its token where it stands; an open menu must not go over to the other one.
          key={row.id}
          row={row.original}
          own={own}
          mayWrite={mayWrite}
          pending={pending}
          onRevoke={onRevoke}
          href={`${tokensPath}/${row.id}`}
        />
      </Td>
    </Tr>
  )
})
