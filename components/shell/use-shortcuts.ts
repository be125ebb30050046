'use client'

import { useEffect, useEffectEvent } from 'react'

const TYPING = 'input, textarea, select, [contenteditable=""], [contenteditable="true"]'
const OVERLAY = '[role="dialog"], [role="alertdialog"]'

/**
 * The two shortcuts of the frame. Both rest while a dialog is open: jumping away from one could lose
 * what is typed there, or a secret that is shown once.
 */
export function useShortcuts(handlers: { onCommands: () => void; onShortcuts: () => void }) {
  const handle = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.repeat || event.isComposing) return
    const target = event.target instanceof Element ? event.target : null
    if (target?.closest(OVERLAY)) return
    const command = event.metaKey || event.ctrlKey
    if (command && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 'k') {
      event.preventDefault()
      handlers.onCommands()
    } else if (event.key === '?' && !command && !event.altKey && !target?.closest(TYPING)) {
      event.preventDefault()
      handlers.onShortcuts()
    }
  })
  // The external system is the keyboard.
  useEffect(() => {
    const listener = (event: KeyboardEvent) => handle(event)
    document.addEventListener('keydown', listener)
    return () => document.removeEventListener('keydown', listener)
  }, [])
}
