'use client'

import { NativeSelect } from '@/components/ui/native-select'
import { SearchInput } from '@/components/ui/search-input'
import { ACTIVITY_METHODS, type ActivityFilterChoice, STATUS_CLASSES } from './activity-filter'

export type ActivityFilterBarProps = {
  filter: ActivityFilterChoice
  onChange: (filter: ActivityFilterChoice) => void
  pending: boolean
}

export function ActivityFilterBar({ filter, onChange, pending }: ActivityFilterBarProps) {
  function chooseStatus(text: string) {
    const chosen = STATUS_CLASSES.find((entry) => String(entry.value) === text)
    onChange({ ...filter, statusClass: chosen?.value ?? null })
  }
  return (
    <>
      <SearchInput
        label="Search calls"
        placeholder="Search path, IP or actor"
        value={filter.search}
        onValueChange={(search) => onChange({ ...filter, search })}
        pending={pending}
      />
      <NativeSelect
        aria-label="Status"
        className="w-36"
        value={filter.statusClass === null ? '' : String(filter.statusClass)}
        onChange={(event) => chooseStatus(event.target.value)}
      >
        <option value="">Any status</option>
        {STATUS_CLASSES.map((entry) => (
          <option key={entry.value} value={entry.value}>
            {entry.label}
          </option>
        ))}
      </NativeSelect>
      <NativeSelect
        aria-label="Method"
        className="w-36"
        value={filter.method ?? ''}
        onChange={(event) => onChange({ ...filter, method: event.target.value || null })}
      >
        <option value="">Any method</option>
        {ACTIVITY_METHODS.map((method) => (
          <option key={method} value={method}>
            {method}
          </option>
        ))}
      </NativeSelect>
    </>
  )
}
