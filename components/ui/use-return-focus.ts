'use client'

import { useRef } from 'react'

/** Of an overlay that made way for another: who opened the first is who gets the focus back from the last. */
let handedOn: HTMLElement | null = null

/**
 * Radix gives the focus back to an overlay's own trigger only; an overlay opened by state has none.
 * These handlers remember what was focused at opening and return there.
 */
export function useReturnFocus() {
  const opener = useRef<HTMLElement | null>(null)
  return {
    onOpenAutoFocus() {
      opener.current = openerFrom(document.activeElement)
    },
    onCloseAutoFocus(event: Event) {
      const target = opener.current ?? handedOn
      handedOn = null
      if (!target?.isConnected) return
      event.preventDefault()
      if (isBehindAnother(target)) handedOn = target
      else target.focus()
    },
  }
}

/** A menu item is gone by the time the overlay closes; the button that opened its menu is not. */
function openerFrom(focused: Element | null): HTMLElement | null {
  const triggerId = focused?.closest('[role=menu]')?.getAttribute('aria-labelledby')
  const element = triggerId ? document.getElementById(triggerId) : focused
  return element instanceof HTMLElement && element !== document.body ? element : null
}

function isBehindAnother(element: HTMLElement): boolean {
  const open = [...document.querySelectorAll('[role$=dialog][data-state=open]')]
  return open.length > 0 && !open.some((dialog) => dialog.contains(element))
}
