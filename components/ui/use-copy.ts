'use client'

import { useEffect, useState } from 'react'

export type CopyState = 'idle' | 'copied' | 'failed'

/** Writes to the clipboard and remembers the outcome for two seconds. */
export function useCopy() {
  const [state, setState] = useState<CopyState>('idle')
  // The clock is the external system: it puts the button back.
  useEffect(() => {
    if (state === 'idle') return
    const timer = setTimeout(() => setState('idle'), state === 'copied' ? 2000 : 6000)
    return () => clearTimeout(timer)
  }, [state])
  async function copy(text: string): Promise<boolean> {
    const done = await writeClipboard(text)
    setState(done ? 'copied' : 'failed')
    return done
  }
  return { state, copy }
}

async function writeClipboard(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return copyBySelection(text)
  }
}

/** For plain-http origins, where browsers withhold navigator.clipboard. */
function copyBySelection(text: string): boolean {
  const focused = document.activeElement
  // Beside the focused element, because a dialog's focus trap would take the focus back otherwise.
  const host = focused?.parentElement ?? document.body
  const area = document.createElement('textarea')
  area.value = text
  area.readOnly = true
  area.className = 'sr-only'
  host.append(area)
  area.select()
  try {
    return document.execCommand('copy')
  } catch {
    return false
  } finally {
    area.remove()
    if (focused instanceof HTMLElement) focused.focus()
  }
}
