'use client'

import { useState } from 'react'

/** Twice what a window shows. Each costs a search some 2 ms: its style, layout and paint more than its rendering. */
const ROWS_PER_PAGE = 25

/**
 * Pages of a list that is all there. Each choice of filters begins at its first page; a list that got shorter
 * ends at its last.
 * @param filters what decides what the list holds; compared by identity
 */
export function useListPages(filters: unknown, count: number) {
  const [turned, setTurned] = useState({ filters, page: 0 })
  const last = Math.max(0, Math.ceil(count / ROWS_PER_PAGE) - 1)
  const page = turned.filters === filters ? Math.min(turned.page, last) : 0
  const first = page * ROWS_PER_PAGE
  return {
    first,
    /** The row after the last one of the page. */
    end: first + ROWS_PER_PAGE,
    previous: page > 0 ? () => setTurned({ filters, page: page - 1 }) : null,
    next: page < last ? () => setTurned({ filters, page: page + 1 }) : null,
  }
}
