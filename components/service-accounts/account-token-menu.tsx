'use client'

import { Ban, RotateCw } from 'lucide-react'
import type { ReactElement } from 'react'
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from '@/components/ui/dropdown-menu'
import type { TokenSummary } from '@/lib/tokens/model'

export type AccountTokenMenuProps = {
  trigger: ReactElement
  token: TokenSummary
  onRotate: (token: TokenSummary) => void
  onRevoke: (token: TokenSummary) => void
}

/** What can be done with a token of the account. Mounts open. */
export function AccountTokenMenu({ trigger, token, onRotate, onRevoke }: AccountTokenMenuProps) {
  // Only what was not replaced yet can be replaced.
  const mayRotate = token.rotatedAt === null && token.state !== 'expired'
  return (
    <DropdownMenu defaultOpen>
      <DropdownMenuTrigger asChild>{trigger}</DropdownMenuTrigger>
      <DropdownMenuContent>
        {mayRotate ? (
          <DropdownMenuItem icon={<RotateCw aria-hidden />} onSelect={() => onRotate(token)}>
            Rotate…
          </DropdownMenuItem>
        ) : null}
        <DropdownMenuItem tone="danger" icon={<Ban aria-hidden />} onSelect={() => onRevoke(token)}>
          Revoke…
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  )
}
