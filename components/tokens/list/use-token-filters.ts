'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import { useLateSearchParams } from '@/components/settings/use-late-search-params'
import {
  readTokenFilters,
  type SortableColumn,
  type TokenFilters,
  tokenFilterParams,
  withoutSecret,
} from './token-filters'

/**
 * The table's filters, kept in the address without a round trip; writing it waits for a pause in typing.
 * The functions never change, so that the list can be memoized.
 */
export function useTokenFilters(initial: TokenFilters) {
  const [filters, setFilters] = useState(initial)
  const latest = useRef(initial)
  const late = useLateSearchParams()

  const address = JSON.stringify(tokenFilterParams(initial))

  // The address is the external system: a link, or back and forward, may have changed it. What is being
  // typed is newer than it.
  useEffect(() => {
    if (late.isWaiting()) return
    latest.current = readTokenFilters(JSON.parse(address))
    setFilters(latest.current)
  }, [address, late])

  const change = useCallback(
    (change: Partial<TokenFilters>) => {
      const query = withoutSecret(change.query ?? latest.current.query)
      const next = { ...latest.current, ...change, query }
      latest.current = next
      setFilters(next)
      late.write(tokenFilterParams(next))
    },
    [late],
  )

  /** Ascending, descending, back to newest first. */
  const toggleSort = useCallback(
    (id: SortableColumn) => {
      const { sort } = latest.current
      if (sort?.id !== id) change({ sort: { id, desc: false } })
      else change({ sort: sort.desc ? null : { id, desc: true } })
    },
    [change],
  )

  return { filters, change, toggleSort }
}
