'use client'

import { SearchX } from 'lucide-react'
import { useState } from 'react'
import { loadUsageEvents } from '@/app/[tenant]/settings/usage/actions'
import { useMorePages } from '@/components/settings/use-more-pages'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { EmptyState } from '@/components/ui/empty-state'
import { Table, TBody, THead } from '@/components/ui/table'
import { Th } from '@/components/ui/table-heading'
import type { Page } from '@/lib/paging'
import type { CountedEvent } from '@/lib/usage/events'
import { CALL_COLUMNS, RUN_COLUMNS, UsageEventRow } from './usage-event-row'
import type { EventKind } from './usage-view'
import type { AgentNames } from './usage-words'

export type UsageEventsProps = {
  tenant: string
  /** The filters, as the address has them. */
  query: string
  kind: EventKind
  agents: AgentNames
  firstPage: Page<CountedEvent>
}

const NOUNS: Record<EventKind, readonly [string, string]> = {
  calls: ['model call', 'model calls'],
  runs: ['run', 'runs'],
}

/** Events, newest first, each with its formula one click away. */
export function UsageEvents({ tenant, query, kind, agents, firstPage }: UsageEventsProps) {
  const [openId, setOpenId] = useState<string | null>(null)
  const more = useMorePages(firstPage, (pageToken) => loadUsageEvents(tenant, { query, pageToken }))
  const total = Math.max(firstPage.totalCount, more.items.length)
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <Table label="Usage events">
        <THead className="max-sm:sr-only">
          <tr>
            <Th>Time, UTC</Th>
            {kind === 'runs' ? (
              <>
                <Th>Agent</Th>
                <Th>Revision</Th>
                <Th>Environment</Th>
              </>
            ) : (
              <>
                <Th>Model</Th>
                <Th>Agent</Th>
                <Th align="right">Input</Th>
                <Th align="right">Output</Th>
                <Th align="right">Cost</Th>
              </>
            )}
            <Th srOnly>Formula</Th>
          </tr>
        </THead>
        <TBody>
          {more.items.map((event) => {
            const id = JSON.stringify([event.source, event.id])
            return (
              <UsageEventRow
                key={id}
                event={event}
                agents={agents}
                open={openId === id}
                onToggle={() => setOpenId(openId === id ? null : id)}
              />
            )
          })}
          {more.items.length === 0 ? (
            <tr>
              <td colSpan={kind === 'runs' ? RUN_COLUMNS : CALL_COLUMNS}>
                <EmptyState
                  framed={false}
                  icon={<SearchX />}
                  title={kind === 'runs' ? 'No run in this period' : 'No model call in this period'}
                  description="Choose other days or fewer filters. Events are kept by the day they happened, in UTC."
                />
              </td>
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
            : `${more.items.length.toLocaleString('en-US')} of ${total.toLocaleString('en-US')} ${NOUNS[kind][total === 1 ? 0 : 1]}`}
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
