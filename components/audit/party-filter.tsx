'use client'

import { ChevronDown } from 'lucide-react'
import { type ComponentType, useState, useTransition } from 'react'
import { attempt, type Outcome } from '@/components/tokens/action-outcome'
import { Button } from '@/components/ui/button'
import { cn } from '@/components/ui/class-names'
import { notifyUnreachable } from '@/components/ui/notify'
import { Popover, PopoverContent, PopoverTrigger } from '@/components/ui/popover'
import { preloadOnIntent } from '@/components/ui/preload'
import type { PartyListProps } from './party-list'

const loadList = () => import('./party-list')

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
  parties: side,
  selectedId,
  selectedLabel,
  load,
  onSelect,
}: PartyFilterProps) {
  const [open, setOpen] = useState(false)
  const [List, setList] = useState<ComponentType<PartyListProps> | null>(null)
  const parties = useParties(load)
  async function openChange(next: boolean) {
    if (!next) return setOpen(false)
    parties.fetchOnce()
    // Opened with its content, so that the focus goes into the search field.
    const loaded = await loadList().catch(() => null)
    if (!loaded) return notifyUnreachable()
    setList(() => loaded.PartyList)
    setOpen(true)
  }
  function choose(id: string | null) {
    setOpen(false)
    onSelect(id)
  }
  const options = parties.parties?.[side] ?? []
  const chosen = options.find((party) => party.id === selectedId)?.label ?? selectedLabel
  return (
    <Popover open={open} onOpenChange={openChange}>
      <PopoverTrigger asChild>
        <Button
          className={cn('max-w-64', selectedId === null && 'text-muted')}
          {...preloadOnIntent(loadList)}
        >
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
        {List ? (
          <List
            label={label}
            options={options}
            loaded={parties.parties !== null}
            loading={parties.loading}
            failure={parties.failure}
            selectedId={selectedId}
            onChoose={choose}
          />
        ) : null}
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
