'use client'

import { useRef } from 'react'

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
      if (!opener.current?.isConnected) return
      event.preventDefault()
      opener.current.focus()
    },
  }
}

/** A menu item is gone by the time the overlay closes; the button that opened its menu is not. */
function openerFrom(focused: Element | null): HTMLElement | null {
  const triggerId = focused?.closest('[role=menu]')?.getAttribute('aria-labelledby')
  const element = triggerId ? document.getElementById(triggerId) : focused
  return element instanceof HTMLElement ? element : null
}
