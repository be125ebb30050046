'use client'

import type { ReactElement } from 'react'
import {
  DropdownMenu,
  DropdownMenuCheckboxItem,
  DropdownMenuContent,
  DropdownMenuLabel,
  DropdownMenuTrigger,
} from '@/components/ui/dropdown-menu'
import { OPTIONAL_COLUMNS } from './token-columns'
import type { SortableColumn } from './token-filters'

export type ColumnMenuProps = {
  trigger: ReactElement
  hiddenColumns: readonly SortableColumn[]
  onHiddenColumnsChange: (hidden: readonly SortableColumn[]) => void
}

/** Which columns the table shows. Mounts open. */
export function ColumnMenu({ trigger, hiddenColumns, onHiddenColumnsChange }: ColumnMenuProps) {
  function toggle(id: SortableColumn) {
    onHiddenColumnsChange(
      hiddenColumns.includes(id)
        ? hiddenColumns.filter((hidden) => hidden !== id)
        : [...hiddenColumns, id],
    )
  }
  return (
    <DropdownMenu defaultOpen>
      <DropdownMenuTrigger asChild>{trigger}</DropdownMenuTrigger>
      <DropdownMenuContent>
        <DropdownMenuLabel>Columns</DropdownMenuLabel>
        {OPTIONAL_COLUMNS.map((column) => (
          <DropdownMenuCheckboxItem
            key={column.id}
            checked={!hiddenColumns.includes(column.id)}
            onCheckedChange={() => toggle(column.id)}
            onSelect={(event) => event.preventDefault()}
          >
            {column.label}
          </DropdownMenuCheckboxItem>
        ))}
      </DropdownMenuContent>
    </DropdownMenu>
  )
}
