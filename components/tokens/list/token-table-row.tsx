'use client'

import { flexRender } from '@tanstack/react-table'
import { memo } from 'react'
import { Checkbox } from '@/components/ui/checkbox'
import { cn } from '@/components/ui/class-names'
import { Td, Tr } from '@/components/ui/table'
import { TokenActionsMenu } from './token-actions-menu'
import type { TokenRow } from './token-rows'
import type { TokenTableLine } from './token-table'

export type TokenTableRowProps = {
  row: TokenTableLine
  index: number
  /** Changes with the choice of columns: the row itself does not. */
  columnKey: string
  selected: boolean
  pending: boolean
  own: boolean
  mayWrite: boolean
  onRevoke: (row: TokenRow) => void
  tokensPath: string
}

/** Memoized: scrolling and typing must render only the rows that are new to the window. */
export const TokenTableRow = memo(function TokenTableRow({
  row,
  index,
  selected,
  pending,
  own,
  mayWrite,
  onRevoke,
  tokensPath,
}: TokenTableRowProps) {
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
      {row.getVisibleCells().map((visible) => (
        <Td key={visible.id} className={cn(cell, 'truncate')}>
          {flexRender(visible.column.columnDef.cell, visible.getContext())}
        </Td>
      ))}
      <Td actions align="right" className={cell}>
        <TokenActionsMenu
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
