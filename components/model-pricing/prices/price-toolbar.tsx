'use client'

import { Download } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { buttonStyles } from '@/components/ui/button-styles'
import { MultiSelectFilter } from '@/components/ui/multi-select-filter'
import { SearchInput } from '@/components/ui/search-input'
import { isNarrowed, NO_FILTERS, type PriceFilters, priceFilterQuery } from './price-filters'

export type PriceToolbarProps = {
  filters: PriceFilters
  onChange: (change: Partial<PriceFilters>) => void
  providers: readonly { value: string; label: string; count: number }[]
  exportPath: string
}

const TRAITS = [
  { value: 'cached', label: 'Has a cache rate' },
  { value: 'own', label: 'Own prices' },
] as const

export function PriceToolbar({ filters, onChange, providers, exportPath }: PriceToolbarProps) {
  const query = priceFilterQuery(filters)
  return (
    <div className="flex flex-wrap items-center gap-2">
      <SearchInput
        label="Search models"
        placeholder="Search models and providers"
        value={filters.search}
        onValueChange={(search) => onChange({ search })}
      />
      <MultiSelectFilter
        label="Provider"
        options={providers}
        value={filters.providers}
        onValueChange={(chosen) => onChange({ providers: chosen })}
      />
      {TRAITS.map(({ value, label }) => (
        <Button
          key={value}
          aria-pressed={filters[value]}
          className={filters[value] ? 'border-accent-line bg-accent-soft' : 'text-muted'}
          onClick={() => onChange({ [value]: !filters[value] })}
        >
          {label}
        </Button>
      ))}
      {isNarrowed(filters) ? (
        <Button variant="ghost" onClick={() => onChange({ ...NO_FILTERS, sort: filters.sort })}>
          Clear filters
        </Button>
      ) : null}
      {/* A plain link: a router link would fetch the file ahead of the click. */}
      <a
        href={query === '' ? exportPath : `${exportPath}?${query}`}
        download
        className={`${buttonStyles()} ml-auto`}
      >
        <Download aria-hidden />
        Download CSV
      </a>
    </div>
  )
}
