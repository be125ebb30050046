'use client'

import { useCallback, useDeferredValue, useMemo } from 'react'
import { replaceSearchParams } from '@/components/settings/search-params'
import type { PriceFilters } from './price-filters'
import { type PackedPrices, type PriceRow, unpackPrices } from './price-rows'
import { PriceSheetHost } from './price-sheet-host'
import { PriceTable } from './price-table'
import { PriceToolbar } from './price-toolbar'
import { usePriceFilters } from './use-price-filters'

export type PriceListProps = {
  tenant: string
  prices: PackedPrices
  /** May set prices of the organization's own. */
  mayWrite: boolean
  initialFilters: PriceFilters
}

/** What every model costs: searched, filtered and sorted in the browser, with its history one click away. */
export function PriceList({ tenant, prices, mayWrite, initialFilters }: PriceListProps) {
  const rows = useMemo(() => unpackPrices(prices), [prices])
  const providers = useMemo(() => providersOf(rows), [rows])
  const { filters, change, toggleSort } = usePriceFilters(initialFilters)
  const applied = useDeferredValue(filters)
  const open = useCallback((key: string) => replaceSearchParams({ model: key }), [])
  const path = `/${tenant}/settings/model-pricing`
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <p className="max-w-2xl text-muted text-sm">
        US dollars for a million tokens. Usage is priced by what stood when the call happened: a new
        price never changes what was counted.
      </p>
      <PriceToolbar
        filters={filters}
        onChange={change}
        providers={providers}
        exportPath={`${path}/export`}
      />
      <PriceTable
        rows={rows}
        filters={applied}
        onChange={change}
        onSort={toggleSort}
        onOpen={open}
      />
      <PriceSheetHost tenant={tenant} rows={rows} mayWrite={mayWrite} />
    </div>
  )
}

function providersOf(rows: readonly PriceRow[]) {
  const counts = new Map<string, { value: string; label: string; count: number }>()
  for (const { provider, providerName } of rows) {
    const known = counts.get(provider)
    if (known) known.count += 1
    else counts.set(provider, { value: provider, label: providerName, count: 1 })
  }
  return [...counts.values()].sort((one, other) =>
    one.label.toLowerCase() < other.label.toLowerCase() ? -1 : 1,
  )
}
