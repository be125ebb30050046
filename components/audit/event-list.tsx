'use client'

import { type ReactNode, useState } from 'react'
import type { Outcome } from '@/components/settings/action-outcome'
import { useMorePages } from '@/components/settings/use-more-pages'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { Table, TBody, THead } from '@/components/ui/table'
import { Th } from '@/components/ui/table-heading'
import type { AuditEvent } from '@/lib/audit/events'
import type { Page } from '@/lib/paging'
import { EVENT_COLUMNS, EventRow } from './event-row'

export type EventListProps = {
  label: string
  tenant: string
  now: number
  firstPage: Page<AuditEvent>
  loadMore: (pageToken: string) => Promise<Outcome<Page<AuditEvent>>>
  /** In place of rows where there are none. */
  empty: ReactNode
  linked?: boolean | undefined
  /** The event that the address names. */
  openEventId?: string | null | undefined
}

/** Audit events, newest first, with their details one click away. Give it a key per filter. */
export function EventList({
  label,
  tenant,
  now,
  firstPage,
  loadMore,
  empty,
  linked = true,
  openEventId = null,
}: EventListProps) {
  const [openId, setOpenId] = useState(openEventId)
  function toggle(id: string) {
    const next = openId === id ? null : id
    setOpenId(next)
    writeEventToAddress(next)
  }
  const more = useMorePages(firstPage, loadMore)
  const total = Math.max(firstPage.totalCount, more.items.length)
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <Table label={label}>
        <THead className="max-sm:sr-only">
          <tr>
            <Th className="w-44">Time</Th>
            <Th className="w-56">Actor</Th>
            <Th>Event</Th>
            <Th srOnly className="w-12">
              Details
            </Th>
          </tr>
        </THead>
        <TBody>
          {more.items.map((event) => (
            <EventRow
              key={event.id}
              event={event}
              tenant={tenant}
              now={now}
              open={openId === event.id}
              onToggle={() => toggle(event.id)}
              linked={linked}
            />
          ))}
          {more.items.length === 0 ? (
            <tr>
              <td colSpan={EVENT_COLUMNS}>{empty}</td>
            </tr>
          ) : null}
        </TBody>
      </Table>
      {more.failure ? (
        <Callout tone="danger" live title="The next events could not be loaded">
          {more.failure}
        </Callout>
      ) : null}
      <div className="flex min-h-8 flex-wrap items-center justify-between gap-3">
        <output className="text-muted text-sm tabular-nums">
          {more.items.length === 0
            ? ''
            : `${count(more.items.length)} of ${count(total)} ${total === 1 ? 'event' : 'events'}`}
        </output>
        {more.loadMore ? (
          <Button onClick={more.loadMore} loading={more.loading}>
            Load more
          </Button>
        ) : null}
      </div>
    </div>
  )
}

function count(value: number): string {
  return value.toLocaleString('en-US')
}

/** Keeps the open event in the address without a round trip to the server. */
function writeEventToAddress(eventId: string | null): void {
  const url = new URL(window.location.href)
  if (eventId === null) url.searchParams.delete('event')
  else url.searchParams.set('event', eventId)
  window.history.replaceState(null, '', url)
}
