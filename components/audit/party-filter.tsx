'use client'

import { Command } from 'cmdk'
import { Check, ChevronDown, Search } from 'lucide-react'
import { useState, useTransition } from 'react'
import { attempt, type Outcome } from '@/components/tokens/action-outcome'
import { Button } from '@/components/ui/button'
import { cn } from '@/components/ui/class-names'
import { CommandEmpty, CommandGroup, CommandItem } from '@/components/ui/command'
import { Popover, PopoverContent, PopoverTrigger } from '@/components/ui/popover'
import { Spinner } from '@/components/ui/spinner'

/** Someone or something that events name. */
export interface AuditParty {
  id: string
  label: string
  /** Heading in the list: "People", "Service accounts", "Tokens". */
  group: string
}

export interface AuditParties {
  actors: AuditParty[]
  targets: AuditParty[]
}

export type PartiesLoader = () => Promise<Outcome<AuditParties>>

export type PartyFilterProps = {
  label: string
  parties: keyof AuditParties
  selectedId: string | null
  selectedLabel: string | null
  /** Asked when the list is first opened. */
  load: PartiesLoader
  onSelect: (id: string | null) => void
}

/** Chooses one actor or target from a list that filters as one types. */
export function PartyFilter({
  label,
  parties,
  selectedId,
  selectedLabel,
  load,
  onSelect,
}: PartyFilterProps) {
  const [open, setOpen] = useState(false)
  const list = useParties(load)
  function openChange(next: boolean) {
    setOpen(next)
    if (next) list.fetchOnce()
  }
  function choose(id: string | null) {
    setOpen(false)
    onSelect(id)
  }
  const options = list.parties?.[parties] ?? []
  const chosen = options.find((party) => party.id === selectedId)?.label ?? selectedLabel
  return (
    <Popover open={open} onOpenChange={openChange}>
      <PopoverTrigger asChild>
        <Button className={cn('max-w-64', selectedId === null && 'text-muted')}>
          {label}
          {selectedId === null ? null : (
            <span className="min-w-0 truncate text-accent-text">
              {chosen ?? selectedId.slice(0, 8)}
            </span>
          )}
          <ChevronDown aria-hidden className="-mr-1 text-faint" />
        </Button>
      </PopoverTrigger>
      <PopoverContent className="p-0" aria-label={label}>
        <Command label={label} loop>
          <div className="flex items-center gap-2 border-subtle border-b px-3">
            <Search aria-hidden className="size-4 shrink-0 text-faint" />
            <Command.Input
              placeholder={`Find ${label === 'Actor' ? 'an actor' : 'a target'}…`}
              className="control-text h-9 w-full min-w-0 bg-transparent text-ink outline-none"
            />
            {list.loading ? <Spinner label="Loading" className="text-faint" /> : null}
          </div>
          <Command.List className="max-h-72 overflow-y-auto overscroll-contain p-1">
            {list.failure ? <p className="px-3 py-2 text-danger-text">{list.failure}</p> : null}
            {list.parties ? <CommandEmpty>Nobody by that name.</CommandEmpty> : null}
            {selectedId === null ? null : (
              <CommandItem value="any" onSelect={() => choose(null)}>
                Any {label.toLowerCase()}
              </CommandItem>
            )}
            {groups(options).map(([heading, members]) => (
              <CommandGroup key={heading} heading={heading}>
                {members.map((party) => (
                  <CommandItem
                    key={party.id}
                    value={party.id}
                    keywords={[party.label]}
                    onSelect={() => choose(party.id)}
                    trailing={party.id === selectedId ? <Check className="size-4" /> : undefined}
                  >
                    {party.label}
                  </CommandItem>
                ))}
              </CommandGroup>
            ))}
          </Command.List>
        </Command>
      </PopoverContent>
    </Popover>
  )
}

function useParties(load: PartiesLoader) {
  const [parties, setParties] = useState<AuditParties | null>(null)
  const [failure, setFailure] = useState<string | null>(null)
  const [loading, startTransition] = useTransition()
  function fetchOnce() {
    if (parties !== null || loading) return
    startTransition(async () => {
      const loaded = await attempt(load)
      if (loaded.ok) setParties(loaded.data)
      setFailure(loaded.ok ? null : loaded.problem.message)
    })
  }
  return { parties, failure, loading, fetchOnce }
}

function groups(parties: readonly AuditParty[]): [string, AuditParty[]][] {
  const byHeading = new Map<string, AuditParty[]>()
  for (const party of parties) {
    byHeading.set(party.group, [...(byHeading.get(party.group) ?? []), party])
  }
  return [...byHeading]
}
