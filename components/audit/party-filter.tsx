'use client'

import { ChevronDown } from 'lucide-react'
import { lazy, useState, useTransition } from 'react'
import { attempt, type Outcome } from '@/components/settings/action-outcome'
import { Button } from '@/components/ui/button'
import { cn } from '@/components/ui/class-names'
import { OnDemand } from '@/components/ui/on-demand'

const loadPopover = () => import('./party-popover')
const PartyPopover = lazy(async () => ({ default: (await loadPopover()).PartyPopover }))

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
  const known = useParties(load)
  const options = known.parties?.[side] ?? []
  const chosen = options.find((party) => party.id === selectedId)?.label ?? selectedLabel
  const trigger = (
    <Button className={cn('max-w-64', selectedId === null && 'text-muted')}>
      {label}
      {selectedId === null ? null : (
        <span className="min-w-0 truncate text-accent-text">
          {chosen ?? selectedId.slice(0, 8)}
        </span>
      )}
      <ChevronDown aria-hidden className="-mr-1 text-faint" />
    </Button>
  )
  return (
    <OnDemand opens="dialog" trigger={trigger} load={loadPopover}>
      <PartyPopover
        trigger={trigger}
        label={label}
        options={options}
        loaded={known.parties !== null}
        loading={known.loading}
        failure={known.failure}
        selectedId={selectedId}
        onOpen={known.fetchOnce}
        onChoose={onSelect}
      />
    </OnDemand>
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
