'use client'

import { MoreHorizontal } from 'lucide-react'
import { lazy, type ReactElement } from 'react'
import { Button } from './button'
import { OnDemand } from './on-demand'

const load = () => import('./row-menu-items')
const RowMenuItems = lazy(async () => ({ default: (await load()).RowMenuItems }))

export interface RowAction {
  /** A verb; with an ellipsis where it asks first. */
  label: string
  icon: ReactElement
  tone?: 'danger' | undefined
  onSelect: () => void
}

export type RowMenuProps = {
  /** What the row is about: "Ada Lindqvist". */
  name: string
  actions: readonly RowAction[]
}

/** What can be done with a row; nothing where nothing can. */
export function RowMenu({ name, actions }: RowMenuProps) {
  if (actions.length === 0) return null
  const trigger = (
    <Button variant="ghost" size="icon-sm" aria-label={`Actions for ${name}`}>
      <MoreHorizontal aria-hidden />
    </Button>
  )
  return (
    <OnDemand opens="menu" trigger={trigger} load={load}>
      <RowMenuItems trigger={trigger} actions={actions} />
    </OnDemand>
  )
}
