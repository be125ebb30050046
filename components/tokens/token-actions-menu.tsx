'use client'

import { Ban, Copy, Ellipsis, ExternalLink, RotateCw } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from '@/components/ui/dropdown-menu'
import { notify } from '@/components/ui/notify'
import { useCopy } from '@/components/ui/use-copy'
import { isUsable } from '@/lib/tokens/model'
import { isEnded } from './state-words'
import type { TokenRow } from './token-rows'

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
  const [armed, setArmed] = useState(false)
  const [open, setOpen] = useState(false)
  const label = `Actions for ${props.row.name}`
  if (!armed) {
    return (
      <Button
        variant="ghost"
        size="icon-sm"
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={false}
        disabled={props.pending}
        onClick={() => {
          setArmed(true)
          setOpen(true)
        }}
      >
        <Ellipsis aria-hidden />
      </Button>
    )
  }
  return (
    <DropdownMenu open={open} onOpenChange={setOpen}>
      <DropdownMenuTrigger asChild>
        <Button variant="ghost" size="icon-sm" aria-label={label} disabled={props.pending}>
          <Ellipsis aria-hidden />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent>
        <MenuItems {...props} />
      </DropdownMenuContent>
    </DropdownMenu>
  )
}

function MenuItems({ row, own, mayWrite, onRevoke, href }: TokenActionsMenuProps) {
  const { copy } = useCopy()
  const whyNoRotation = rotationRefusal(row, own, mayWrite)
  async function copyId() {
    if (await copy(row.id)) notify.success('Token id copied')
    else notify.error('Copying failed', { description: 'Open the token and copy its id there.' })
  }
  return (
    <>
      <DropdownMenuItem icon={<ExternalLink aria-hidden />} href={href}>
        Open
      </DropdownMenuItem>
      <DropdownMenuItem icon={<Copy aria-hidden />} onSelect={copyId}>
        Copy token id
      </DropdownMenuItem>
      {whyNoRotation === null ? (
        <DropdownMenuItem icon={<RotateCw aria-hidden />} href={`${href}?rotate=1`}>
          Rotate…
        </DropdownMenuItem>
      ) : (
        <DropdownMenuItem icon={<RotateCw aria-hidden />} disabled>
          Rotate: {whyNoRotation}
        </DropdownMenuItem>
      )}
      <DropdownMenuSeparator />
      <DropdownMenuItem
        tone="danger"
        icon={<Ban aria-hidden />}
        disabled={!mayWrite || isEnded(row.state)}
        onSelect={() => onRevoke(row)}
      >
        {isEnded(row.state) ? 'Revoke: it has ended' : 'Revoke…'}
      </DropdownMenuItem>
    </>
  )
}

function rotationRefusal(row: TokenRow, own: boolean, mayWrite: boolean): string | null {
  if (!own) return 'only its owner can'
  if (!mayWrite) return 'your role cannot'
  if (row.state === 'overlap') return 'already rotated'
  return isUsable(row.state) ? null : 'it is not in use'
}
