'use client'

import { Ban, Copy, ExternalLink, RotateCw } from 'lucide-react'
import type { ReactElement } from 'react'
import { isEnded } from '@/components/tokens/state-words'
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
import type { TokenActionsMenuProps } from './token-actions-menu'
import type { TokenRow } from './token-rows'

/** What can be done with a row. Mounts open. */
export function TokenActions({
  trigger,
  ...props
}: TokenActionsMenuProps & { trigger: ReactElement }) {
  return (
    <DropdownMenu defaultOpen>
      <DropdownMenuTrigger asChild>{trigger}</DropdownMenuTrigger>
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
