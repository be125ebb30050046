'use client'

import { Calendar, ChevronDown } from 'lucide-react'
import { lazy } from 'react'
import { Button } from '@/components/ui/button'
import { cn } from '@/components/ui/class-names'
import { OnDemand } from '@/components/ui/on-demand'

const load = () => import('./date-range-form')
const DateRangePopover = lazy(async () => ({ default: (await load()).DateRangePopover }))

export interface DayRange {
  /** `2026-01-31` or null. */
  from: string | null
  to: string | null
}

export type DateRangeFilterProps = DayRange & { onApply: (range: DayRange) => void }

/** Whole UTC days, first and last included. */
export function DateRangeFilter({ from, to, onApply }: DateRangeFilterProps) {
  const chosen = rangeWords({ from, to })
  const trigger = (
    <Button className={cn(!chosen && 'text-muted')}>
      <Calendar aria-hidden className="text-faint" />
      Dates
      {chosen ? <span className="text-accent-text tabular-nums">{chosen}</span> : null}
      <ChevronDown aria-hidden className="-mr-1 text-faint" />
    </Button>
  )
  return (
    <OnDemand opens="dialog" trigger={trigger} load={load}>
      <DateRangePopover trigger={trigger} from={from} to={to} onApply={onApply} />
    </OnDemand>
  )
}

function rangeWords({ from, to }: DayRange): string | null {
  if (from && to) return from === to ? from : `${from} – ${to}`
  if (from) return `since ${from}`
  return to ? `until ${to}` : null
}
