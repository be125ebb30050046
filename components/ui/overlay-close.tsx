'use client'

import { X } from 'lucide-react'
import { Dialog as RadixDialog } from 'radix-ui'
import { Button } from './button'
import type { OverlayDismissal } from './overlay-dismissal'

/** The X of a dialog or sheet; absent where the overlay must not be dismissed. */
export function OverlayClose({ dismissible = true, onRequestClose }: OverlayDismissal) {
  if (!dismissible) return null
  const button = (
    <Button variant="ghost" size="icon-sm" aria-label="Close" onClick={onRequestClose}>
      <X aria-hidden />
    </Button>
  )
  return (
    <div className="absolute top-3 right-3">
      {onRequestClose ? button : <RadixDialog.Close asChild>{button}</RadixDialog.Close>}
    </div>
  )
}
