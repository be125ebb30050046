'use client'

import { Command } from 'cmdk'
import { Search } from 'lucide-react'
import { type ReactElement, useDeferredValue, useMemo, useState } from 'react'
import { NO_FILTERS, pricePredicate } from '@/components/model-pricing/prices/price-filters'
import type { PriceRow } from '@/components/model-pricing/prices/price-rows'
import { CommandEmpty, CommandItem } from '@/components/ui/command'
import { Popover, PopoverContent, PopoverTrigger } from '@/components/ui/popover'

/** More would be slow to draw, and nobody reads them. */
const SHOWN_MAX = 50

export type ModelPopoverProps = {
  trigger: ReactElement
  rows: readonly PriceRow[]
  chosen: readonly PriceRow[]
  onChoose: (row: PriceRow) => void
}

/** Finds a model as one types. Mounts open. */
export function ModelPopover({ trigger, rows, chosen, onChoose }: ModelPopoverProps) {
  const [open, setOpen] = useState(true)
  function choose(row: PriceRow) {
    setOpen(false)
    onChoose(row)
  }
  return (
    <Popover open={open} onOpenChange={setOpen}>
      <PopoverTrigger asChild>{trigger}</PopoverTrigger>
      <PopoverContent className="w-96 p-0" aria-label="Add a model">
        <ModelList rows={rows} chosen={chosen} onChoose={choose} />
      </PopoverContent>
    </Popover>
  )
}

function ModelList({ rows, chosen, onChoose }: Omit<ModelPopoverProps, 'trigger'>) {
  const [search, setSearch] = useState('')
  const wanted = useDeferredValue(search)
  const found = useMemo(() => {
    const passes = pricePredicate({ ...NO_FILTERS, search: wanted })
    return rows.filter((row) => !chosen.includes(row) && passes(row))
  }, [rows, chosen, wanted])
  const more = found.length - SHOWN_MAX
  return (
    <Command label="Models" loop shouldFilter={false}>
      <div className="flex items-center gap-2 border-subtle border-b px-3">
        <Search aria-hidden className="size-4 shrink-0 text-faint" />
        <Command.Input
          value={search}
          onValueChange={setSearch}
          placeholder="Find a model…"
          className="control-text h-9 w-full min-w-0 bg-transparent text-ink outline-none"
        />
      </div>
      <Command.List className="max-h-72 overflow-y-auto overscroll-contain p-1">
        <CommandEmpty>No model by that name has a price.</CommandEmpty>
        {found.slice(0, SHOWN_MAX).map((row) => (
          <CommandItem
            key={row.key}
            value={row.key}
            onSelect={() => onChoose(row)}
            trailing={<span className="text-muted">{row.agent ?? row.providerName}</span>}
          >
            {row.model}
          </CommandItem>
        ))}
      </Command.List>
      {more > 0 ? (
        <p className="border-subtle border-t px-3 py-2 text-muted text-xs">
          {more.toLocaleString('en-US')} more: type to narrow them down.
        </p>
      ) : null}
    </Command>
  )
}
