'use client'

import { Ellipsis } from 'lucide-react'
import { lazy } from 'react'
import { Button } from '@/components/ui/button'
import { OnDemand } from '@/components/ui/on-demand'
import type { TokenRow } from './token-rows'

const load = () => import('./token-actions')
const TokenActions = lazy(async () => ({ default: (await load()).TokenActions }))

export type TokenActionsMenuProps = {
  row: TokenRow
  own: boolean
  mayWrite: boolean
  pending: boolean
  onRevoke: (row: TokenRow) => void
  href: string
}

/** The menu itself is mounted at its first opening: twenty closed menus would slow every keystroke. */
export function TokenActionsMenu(props: TokenActionsMenuProps) {
  const trigger = (
    <Button
      variant="ghost"
      size="icon-sm"
      aria-label={`Actions for ${props.row.name}`}
      disabled={props.pending}
    >
      <Ellipsis aria-hidden />
    </Button>
  )
  return (
    <OnDemand opens="menu" trigger={trigger} load={load}>
      <TokenActions {...props} trigger={trigger} />
    </OnDemand>
  )
}
