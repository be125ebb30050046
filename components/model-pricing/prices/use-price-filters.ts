'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import { useLateSearchParams } from '@/components/settings/use-late-search-params'
import {
  type PriceFilters,
  priceFilterParams,
  readPriceFilters,
  type SortableColumn,
} from './price-filters'

/**
 * The table's filters, kept in the address without a round trip; writing it waits for a pause in typing.
 * The functions never change, so that the table can be memoized.
 */
export function usePriceFilters(initial: PriceFilters) {
  const [filters, setFilters] = useState(initial)
  const latest = useRef(initial)
  const late = useLateSearchParams()
  const address = JSON.stringify(priceFilterParams(initial))

  // The address is the external system: a link, or back and forward, may have changed it. What is being
  // typed is newer than it.
  useEffect(() => {
    if (late.isWaiting()) return
    latest.current = readPriceFilters(JSON.parse(address))
    setFilters(latest.current)
  }, [address, late])

  const change = useCallback(
    (changed: Partial<PriceFilters>) => {
      const next = { ...latest.current, ...changed }
      latest.current = next
      setFilters(next)
      late.write(priceFilterParams(next))
    },
    [late],
  )

  /** Ascending, descending, back to the order of providers and models. */
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
