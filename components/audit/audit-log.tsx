'use client'

import { FileClock, SearchX } from 'lucide-react'
import { loadAuditEvents, loadAuditParties } from '@/app/[tenant]/settings/audit-log/actions'
import { EmptyState } from '@/components/ui/empty-state'
import { LinkButton } from '@/components/ui/link-button'
import type { AuditEvent } from '@/lib/audit/events'
import type { Page } from '@/lib/paging'
import { AuditFilterBar } from './audit-filter-bar'
import { type AuditFilters, auditQueryString } from './audit-filters'
import { EventList } from './event-list'

export type AuditLogProps = {
  tenant: string
  now: number
  filters: AuditFilters
  firstPage: Page<AuditEvent>
  openEventId: string | null
}

/** Filters and events of the organization's audit log. */
export function AuditLog({ tenant, now, filters, firstPage, openEventId }: AuditLogProps) {
  const query = auditQueryString(filters)
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <AuditFilterBar
        filters={filters}
        actorLabel={actorLabel(firstPage.items, filters.actorId)}
        targetLabel={targetLabel(firstPage.items, filters.targetId)}
        loadParties={() => loadAuditParties(tenant, {})}
      />
      <EventList
        key={query}
        label="Audit events"
        tenant={tenant}
        now={now}
        firstPage={firstPage}
        loadMore={(pageToken) => loadAuditEvents(tenant, { query, pageToken })}
        openEventId={openEventId}
        empty={query === '' ? <NoEvents /> : <NoMatches tenant={tenant} />}
      />
    </div>
  )
}

function actorLabel(events: readonly AuditEvent[], id: string | null): string | null {
  const found = events.filter((event) => event.actor.id === id)
  const direct = found.find((event) => event.actor.tokenId === null) ?? found[0]
  return direct?.actor.label ?? null
}

function targetLabel(events: readonly AuditEvent[], id: string | null): string | null {
  const found = events.find(({ target }) => target.id === id || target.familyId === id)
  return found?.target.label ?? null
}

function NoEvents() {
  return (
    <EmptyState
      framed={false}
      icon={<FileClock />}
      title="Nothing has happened yet"
      description="Every token, service account and policy change will be recorded here, with who did it and from where."
    />
  )
}

function NoMatches({ tenant }: { tenant: string }) {
  return (
    <EmptyState
      framed={false}
      icon={<SearchX />}
      title="No event matches these filters"
      description="Times are whole UTC days; search looks at names, ids, addresses and details."
      actions={<LinkButton href={`/${tenant}/settings/audit-log`}>Clear filters</LinkButton>}
    />
  )
}
