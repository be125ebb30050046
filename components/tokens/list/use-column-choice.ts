'use client'

import { useMemo, useSyncExternalStore } from 'react'
import { OPTIONAL_COLUMNS } from './token-columns'
import type { SortableColumn } from './token-filters'

const STORAGE_KEY = 'fruxon.token-columns.hidden'
const CHANGED = 'fruxon:token-columns'

/** Which columns this browser hides; in the browser's storage, because it is nobody else's business. */
export function useColumnChoice(): {
  hidden: readonly SortableColumn[]
  setHidden: (hidden: readonly SortableColumn[]) => void
} {
  const stored = useSyncExternalStore(subscribe, read, () => '')
  const hidden = useMemo(() => parse(stored), [stored])
  return { hidden, setHidden: write }
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('storage', listener)
  window.addEventListener(CHANGED, listener)
  return () => {
    window.removeEventListener('storage', listener)
    window.removeEventListener(CHANGED, listener)
  }
}

/** A string, so that equal choices are the same value to React. */
function read(): string {
  try {
    return window.localStorage.getItem(STORAGE_KEY) ?? ''
  } catch {
    // Storage is switched off: every column is shown.
    return ''
  }
}

function write(hidden: readonly SortableColumn[]): void {
  try {
    window.localStorage.setItem(STORAGE_KEY, hidden.join(','))
  } catch {
    return
  }
  window.dispatchEvent(new Event(CHANGED))
}

function parse(stored: string): SortableColumn[] {
  const names = stored.split(',')
  return OPTIONAL_COLUMNS.map((column) => column.id).filter((id) => names.includes(id))
}
