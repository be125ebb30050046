'use client'

import { useState } from 'react'
import { EventList } from '@/components/audit/event-list'
import { eventLabel } from '@/components/audit/event-words'
import { attempt, type Outcome } from '@/components/settings/action-outcome'
import { replaceSearchParams } from '@/components/settings/search-params'
import { Callout } from '@/components/ui/callout'
import { EmptyState } from '@/components/ui/empty-state'
import { MultiSelectFilter } from '@/components/ui/multi-select-filter'
import { Spinner } from '@/components/ui/spinner'
import type { AuditEvent, AuditEventType } from '@/lib/audit/events'
import type { Page } from '@/lib/paging'

export type AuditHistoryRequest = { eventTypes: AuditEventType[]; pageToken: string }

export type AuditHistoryProps = {
  /** "Audit history of prod-server". */
  label: string
  tenant: string
  now: number
  firstPage: Page<AuditEvent>
  load: (request: AuditHistoryRequest) => Promise<Outcome<Page<AuditEvent>>>
  /** Types that the filter offers. */
  eventTypes: readonly AuditEventType[]
  /** As chosen by the address; `firstPage` is already filtered by them. */
  initialTypes?: readonly AuditEventType[] | undefined
}

/** Lifecycle events of one token or service account, filtered by kind; the filter is in the address. */
export function AuditHistory({
  label,
  tenant,
  now,
  firstPage,
  load,
  eventTypes,
  initialTypes = [],
}: AuditHistoryProps) {
  const [shown, setShown] = useState({ types: [...initialTypes], page: firstPage })
  const [types, setTypes] = useState<AuditEventType[]>([...initialTypes])
  const [failure, setFailure] = useState<string | null>(null)
  const stale = types.join() !== shown.types.join()

  async function choose(next: string[]) {
    const chosen = eventTypes.filter((type) => next.includes(type))
    setTypes(chosen)
    setFailure(null)
    replaceSearchParams({ types: chosen.join(',') })
    const answer = await attempt(() => load({ eventTypes: chosen, pageToken: '' }))
    if (answer.ok) setShown({ types: chosen, page: answer.data })
    else {
      setFailure(answer.problem.message)
      setTypes(shown.types)
    }
  }

  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-3">
        <MultiSelectFilter
          label="Event type"
          options={eventTypes.map((type) => ({ value: type, label: eventLabel(type) }))}
          value={types}
          onValueChange={choose}
        />
        {stale && !failure ? <Spinner label="Loading events" /> : null}
      </div>
      {failure ? (
        <Callout tone="danger" live title="The filter could not be applied">
          {failure}
        </Callout>
      ) : null}
      <EventList
        key={shown.types.join()}
        label={label}
        tenant={tenant}
        now={now}
        firstPage={shown.page}
        loadMore={(pageToken) => load({ eventTypes: shown.types, pageToken })}
        linked={false}
        empty={
          <EmptyState
            framed={false}
            title={shown.types.length > 0 ? 'No event of these types' : 'No events yet'}
            description={
              shown.types.length > 0
                ? 'Clear the filter to see the whole history.'
                : 'Creation, rotation, changes and revocation will be listed here.'
            }
          />
        }
      />
    </div>
  )
}
