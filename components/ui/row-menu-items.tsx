'use client'

import type { ReactElement } from 'react'
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from './dropdown-menu'
import type { RowAction } from './row-menu'

export type RowMenuItemsProps = { trigger: ReactElement; actions: readonly RowAction[] }

/** Mounts open. */
export function RowMenuItems({ trigger, actions }: RowMenuItemsProps) {
  return (
    <DropdownMenu defaultOpen>
      <DropdownMenuTrigger asChild>{trigger}</DropdownMenuTrigger>
      <DropdownMenuContent>
        {actions.map(({ label, ...item }) => (
          <DropdownMenuItem key={label} {...item}>
            {label}
          </DropdownMenuItem>
        ))}
      </DropdownMenuContent>
    </DropdownMenu>
  )
}
