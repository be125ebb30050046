'use client'

import { Calendar, ChevronDown } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { Button } from '@/components/ui/button'
import { cn } from '@/components/ui/class-names'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Popover, PopoverContent, PopoverTrigger } from '@/components/ui/popover'

export interface DayRange {
  /** `2026-01-31` or null. */
  from: string | null
  to: string | null
}

export type DateRangeFilterProps = DayRange & { onApply: (range: DayRange) => void }

/** Whole UTC days, first and last included. */
export function DateRangeFilter({ from, to, onApply }: DateRangeFilterProps) {
  const [open, setOpen] = useState(false)
  const chosen = rangeWords({ from, to })
  return (
    <Popover open={open} onOpenChange={setOpen}>
      <PopoverTrigger asChild>
        <Button className={cn(!chosen && 'text-muted')}>
          <Calendar aria-hidden className="text-faint" />
          Dates
          {chosen ? <span className="text-accent-text tabular-nums">{chosen}</span> : null}
          <ChevronDown aria-hidden className="-mr-1 text-faint" />
        </Button>
      </PopoverTrigger>
      <PopoverContent aria-label="Dates">
        <RangeForm
          from={from}
          to={to}
          onApply={(range) => {
            setOpen(false)
            onApply(range)
          }}
        />
      </PopoverContent>
    </Popover>
  )
}

/** Remounted at each opening, so that it starts from what applies. */
function RangeForm({ from, to, onApply }: DateRangeFilterProps) {
  const [range, setRange] = useState<DayRange>({ from, to })
  const [error, setError] = useState<string | null>(null)
  function submit(event: FormEvent) {
    event.preventDefault()
    // Days in this form compare as text.
    if (range.from && range.to && range.from > range.to) {
      setError('The last day comes before the first.')
    } else onApply(range)
  }
  return (
    <form onSubmit={submit} className="flex flex-col gap-3">
      <Field label="First day">
        <Input
          type="date"
          suffix="UTC"
          value={range.from ?? ''}
          onChange={(event) => setRange({ ...range, from: event.target.value || null })}
        />
      </Field>
      <Field label="Last day" error={error}>
        <Input
          type="date"
          suffix="UTC"
          value={range.to ?? ''}
          onChange={(event) => {
            setError(null)
            setRange({ ...range, to: event.target.value || null })
          }}
        />
      </Field>
      <div className="flex justify-end gap-2">
        <Button variant="ghost" onClick={() => onApply({ from: null, to: null })}>
          Any time
        </Button>
        <Button type="submit" variant="primary">
          Apply
        </Button>
      </div>
    </form>
  )
}

function rangeWords({ from, to }: DayRange): string | null {
  if (from && to) return from === to ? from : `${from} – ${to}`
  if (from) return `since ${from}`
  return to ? `until ${to}` : null
}
