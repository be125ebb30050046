'use client'

import { ChevronDown } from 'lucide-react'
import { lazy, type ReactNode } from 'react'
import { Button } from './button'
import { cn } from './class-names'
import { OnDemand } from './on-demand'

const load = () => import('./filter-menu')
const FilterMenu = lazy(async () => ({ default: (await load()).FilterMenu }))

export type MultiSelectFilterProps = {
  /** The column it filters: "Status". */
  label: string
  options: readonly { value: string; label: ReactNode; count?: number | undefined }[]
  value: readonly string[]
  onValueChange: (value: string[]) => void
  className?: string | undefined
}

/** A table filter: a menu of checkboxes that stays open while choosing. */
export function MultiSelectFilter({
  label,
  options,
  value,
  onValueChange,
  className,
}: MultiSelectFilterProps) {
  const trigger = (
    <Button className={cn('gap-1.5', value.length === 0 && 'text-muted', className)}>
      {label}
      {value.length > 0 ? (
        <span className="grid h-4 min-w-4 place-items-center rounded-sm bg-accent-soft px-1 text-accent-text text-xs tabular-nums">
          {value.length}
          <span className="sr-only"> selected</span>
        </span>
      ) : null}
      <ChevronDown aria-hidden className="-mr-1 text-faint" />
    </Button>
  )
  return (
    <OnDemand opens="menu" trigger={trigger} load={load}>
      <FilterMenu trigger={trigger} options={options} value={value} onValueChange={onValueChange} />
    </OnDemand>
  )
}
