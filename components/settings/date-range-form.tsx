'use client'

import { type FormEvent, type ReactElement, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Popover, PopoverContent, PopoverTrigger } from '@/components/ui/popover'
import type { DateRangeFilterProps, DayRange } from './date-range-filter'

/** The popover of the date filter. Mounts open. */
export function DateRangePopover({
  trigger,
  onApply,
  ...range
}: DateRangeFilterProps & { trigger: ReactElement }) {
  const [open, setOpen] = useState(true)
  return (
    <Popover open={open} onOpenChange={setOpen}>
      <PopoverTrigger asChild>{trigger}</PopoverTrigger>
      <PopoverContent aria-label="Dates">
        <RangeForm
          {...range}
          onApply={(next) => {
            setOpen(false)
            onApply(next)
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
