'use client'

import { type RefObject, useLayoutEffect, useRef } from 'react'

/**
 * Keeps what is being read in place while rows are put on top of it. Only where the list's start has
 * been scrolled out of sight: at the start itself new rows are what the reader waits for.
 */
export function useScrollKeeper(): {
  container: RefObject<HTMLDivElement | null>
  remember: () => void
} {
  const container = useRef<HTMLDivElement>(null)
  const anchor = useRef<{ id: string; top: number } | null>(null)

  function remember() {
    const box = container.current
    anchor.current = null
    if (!box || box.getBoundingClientRect().top >= 0) return
    for (const row of box.querySelectorAll<HTMLElement>('[data-row-id]')) {
      const { top, bottom } = row.getBoundingClientRect()
      if (bottom > 0) {
        anchor.current = { id: row.dataset.rowId ?? '', top }
        return
      }
    }
  }

  // Runs after every render: the one that follows `remember` has the new rows in it.
  useLayoutEffect(() => {
    const held = anchor.current
    const row = held && container.current?.querySelector(`[data-row-id="${held.id}"]`)
    if (!held || !row) return
    anchor.current = null
    const moved = row.getBoundingClientRect().top - held.top
    if (moved !== 0) window.scrollBy(0, moved)
  })

  return { container, remember }
}
