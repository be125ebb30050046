'use client'

import { usePathname, useRouter } from 'next/navigation'
import { useRef, useState, useTransition } from 'react'
import { DateRangeFilter } from '@/components/settings/date-range-filter'
import { Button } from '@/components/ui/button'
import { MultiSelectFilter } from '@/components/ui/multi-select-filter'
import { SearchInput } from '@/components/ui/search-input'
import { AUDIT_EVENT_TYPES } from '@/lib/audit/events'
import { type AuditFilters, auditQueryString, hasAuditFilters, NO_FILTERS } from './audit-filters'
import { eventLabel } from './event-words'
import { type PartiesLoader, PartyFilter } from './party-filter'

const SEARCH_DELAY_MS = 300
const EVENT_OPTIONS = AUDIT_EVENT_TYPES.map((value) => ({ value, label: eventLabel(value) }))

export type AuditFilterBarProps = {
  filters: AuditFilters
  /** Names of the filtered actor and target, where the server knows them. */
  actorLabel: string | null
  targetLabel: string | null
  loadParties: PartiesLoader
}

/** The filters of the audit log. The address is their only store. */
export function AuditFilterBar({
  filters,
  actorLabel,
  targetLabel,
  loadParties,
}: AuditFilterBarProps) {
  const { show, pending } = useAuditAddress()
  const search = useSearchText(filters.search, (text) => show({ ...filters, search: text }))
  return (
    <search aria-label="Audit log" className="flex flex-wrap items-center gap-2">
      <SearchInput
        label="Search events"
        placeholder="Search names, ids, IPs"
        value={search.text}
        onValueChange={search.change}
        pending={pending}
      />
      <MultiSelectFilter
        label="Event"
        options={EVENT_OPTIONS}
        value={filters.eventTypes}
        onValueChange={(chosen) =>
          show({
            ...filters,
            eventTypes: AUDIT_EVENT_TYPES.filter((type) => chosen.includes(type)),
          })
        }
      />
      <PartyFilter
        label="Actor"
        parties="actors"
        selectedId={filters.actorId}
        selectedLabel={actorLabel}
        load={loadParties}
        onSelect={(actorId) => show({ ...filters, actorId })}
      />
      <PartyFilter
        label="Target"
        parties="targets"
        selectedId={filters.targetId}
        selectedLabel={targetLabel}
        load={loadParties}
        onSelect={(targetId) => show({ ...filters, targetId })}
      />
      <DateRangeFilter
        from={filters.from}
        to={filters.to}
        onApply={(range) => show({ ...filters, ...range })}
      />
      {hasAuditFilters(filters) ? (
        <Button variant="ghost" onClick={() => show(NO_FILTERS)}>
          Clear filters
        </Button>
      ) : null}
    </search>
  )
}

/** Shows other filters by changing the address; `pending` until the server has answered. */
function useAuditAddress() {
  const router = useRouter()
  const pathname = usePathname()
  const [pending, startTransition] = useTransition()
  function show(filters: AuditFilters) {
    const query = auditQueryString(filters)
    startTransition(() =>
      router.replace(query ? `${pathname}?${query}` : pathname, { scroll: false }),
    )
  }
  return { show, pending }
}

/** What is typed runs ahead of the address by a moment, and follows it when it changes otherwise. */
function useSearchText(applied: string, apply: (text: string) => void) {
  const [text, setText] = useState(applied)
  const [seen, setSeen] = useState(applied)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  if (seen !== applied) {
    setSeen(applied)
    // Not while typing goes on past the text that was just applied.
    if (text.trim() === seen || !text.trim().startsWith(applied) || applied === '') setText(applied)
  }
  function change(next: string) {
    setText(next)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => apply(next.trim()), next === '' ? 0 : SEARCH_DELAY_MS)
  }
  return { text, change }
}
