'use client'

import { Command } from 'cmdk'
import { Check, Search } from 'lucide-react'
import { type ReactElement, useEffect, useEffectEvent, useState } from 'react'
import { CommandEmpty, CommandGroup, CommandItem } from '@/components/ui/command'
import { Popover, PopoverContent, PopoverTrigger } from '@/components/ui/popover'
import { Spinner } from '@/components/ui/spinner'
import type { AuditParty } from './party-filter'

export type PartyPopoverProps = PartyListProps & {
  trigger: ReactElement
  /** Called at every opening. */
  onOpen: () => void
}

/** The list behind a party filter. Mounts open. */
export function PartyPopover({ trigger, onOpen, onChoose, ...list }: PartyPopoverProps) {
  const [open, setOpen] = useState(true)
  const opened = useEffectEvent(onOpen)
  // The server, which knows the parties, is the external system.
  useEffect(() => {
    if (open) opened()
  }, [open])
  function choose(id: string | null) {
    setOpen(false)
    onChoose(id)
  }
  return (
    <Popover open={open} onOpenChange={setOpen}>
      <PopoverTrigger asChild>{trigger}</PopoverTrigger>
      <PopoverContent className="p-0" aria-label={list.label}>
        <PartyList {...list} onChoose={choose} />
      </PopoverContent>
    </Popover>
  )
}

type PartyListProps = {
  /** "Actor" or "Target". */
  label: string
  options: readonly AuditParty[]
  /** `options` are known; otherwise there is a failure, or it loads. */
  loaded: boolean
  loading: boolean
  failure: string | null
  selectedId: string | null
  onChoose: (id: string | null) => void
}

/** Filters as one types. */
function PartyList(props: PartyListProps) {
  const { label, options, loaded, loading, failure, selectedId, onChoose } = props
  return (
    <Command label={label} loop>
      <div className="flex items-center gap-2 border-subtle border-b px-3">
        <Search aria-hidden className="size-4 shrink-0 text-faint" />
        <Command.Input
          placeholder={`Find ${label === 'Actor' ? 'an actor' : 'a target'}…`}
          className="control-text h-9 w-full min-w-0 bg-transparent text-ink outline-none"
        />
        {loading ? <Spinner label="Loading" className="text-faint" /> : null}
      </div>
      <Command.List className="max-h-72 overflow-y-auto overscroll-contain p-1">
        {failure ? <p className="px-3 py-2 text-danger-text">{failure}</p> : null}
        {loaded ? <CommandEmpty>Nobody by that name.</CommandEmpty> : null}
        {selectedId === null ? null : (
          <CommandItem value="any" onSelect={() => onChoose(null)}>
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
                onSelect={() => onChoose(party.id)}
                trailing={party.id === selectedId ? <Check className="size-4" /> : undefined}
              >
                {party.label}
              </CommandItem>
            ))}
          </CommandGroup>
        ))}
      </Command.List>
    </Command>
  )
}

function groups(parties: readonly AuditParty[]): [string, AuditParty[]][] {
  const byHeading = new Map<string, AuditParty[]>()
  for (const party of parties) {
    byHeading.set(party.group, [...(byHeading.get(party.group) ?? []), party])
  }
  return [...byHeading]
}
