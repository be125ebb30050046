'use client'

import type { ReactNode } from 'react'
import { MultiSelectFilter } from '@/components/ui/multi-select-filter'
import { SearchInput } from '@/components/ui/search-input'
import type { ListFilter, ListFilters } from './list-filters'

export type ListToolbarProps = {
  label: string
  placeholder: string
  offered: readonly ListFilter[]
  filters: ListFilters
  onChange: (filters: ListFilters) => void
  actions: ReactNode
}

export function ListToolbar(props: ListToolbarProps) {
  const { offered, filters, onChange } = props
  return (
    <div className="flex flex-wrap items-center gap-2">
      <SearchInput
        label={props.label}
        placeholder={props.placeholder}
        value={filters.search}
        onValueChange={(search) => onChange({ ...filters, search })}
      />
      {offered.map(({ column, label, options }) => (
        <MultiSelectFilter
          key={column}
          label={label}
          options={options}
          value={filters.chosen[column] ?? []}
          onValueChange={(values) =>
            onChange({ ...filters, chosen: { ...filters.chosen, [column]: values } })
          }
        />
      ))}
      <div className="ml-auto flex flex-wrap gap-2">{props.actions}</div>
    </div>
  )
}
