'use client'

import { memo, type ReactNode } from 'react'
import { Badge, type Tone } from '@/components/ui/badge'
import { cn } from '@/components/ui/class-names'
import { RelativeTime } from '@/components/ui/relative-time'
import { Table, TBody, Td, THead, Tr } from '@/components/ui/table'
import { Th } from '@/components/ui/table-heading'
import type { ActivityEvent } from '@/lib/activity/queries'

export type ActivityTableProps = {
  label: string
  events: readonly ActivityEvent[]
  now: number
  dimmed: boolean
  empty: ReactNode
}

export function ActivityTable({ label, events, now, dimmed, empty }: ActivityTableProps) {
  return (
    <Table label={label} className={cn(dimmed && 'opacity-50')}>
      <THead>
        <tr>
          <Th>Time</Th>
          <Th>Request</Th>
          <Th>Status</Th>
          <Th align="right" className="max-sm:hidden">
            Latency
          </Th>
          <Th className="max-sm:hidden">From</Th>
          <Th className="max-md:hidden">Scope used</Th>
        </tr>
      </THead>
      <TBody>
        {events.map((event) => (
          <ActivityRow key={event.id} event={event} now={now} />
        ))}
        {events.length === 0 ? (
          <tr>
            <td colSpan={6}>{empty}</td>
          </tr>
        ) : null}
      </TBody>
    </Table>
  )
}

const STATUS_TONES: Record<number, Tone> = { 2: 'success', 3: 'info', 4: 'warning', 5: 'danger' }

const ActivityRow = memo(function ActivityRow({
  event,
  now,
}: {
  event: ActivityEvent
  now: number
}) {
  return (
    <Tr data-row-id={event.id}>
      <Td className="whitespace-nowrap text-muted">
        <RelativeTime at={event.createdAt} now={now} />
      </Td>
      <Td>
        <span
          className="flex min-w-0 flex-wrap gap-x-2 font-mono text-xs"
          title={`Request id ${event.requestId}, by ${event.actor}`}
        >
          <span className="font-medium text-ink">{event.method}</span>
          <span className="min-w-0 text-muted [overflow-wrap:anywhere]">{event.path}</span>
        </span>
      </Td>
      <Td>
        <Badge tone={STATUS_TONES[Math.floor(event.statusCode / 100)] ?? 'neutral'}>
          {event.statusCode}
        </Badge>
      </Td>
      <Td align="right" className="whitespace-nowrap text-muted max-sm:hidden">
        {latencyWords(event.latencyMs)}
      </Td>
      <Td className="max-w-56 max-sm:hidden">
        <span className="flex min-w-0 flex-col">
          <span className="font-mono text-xs">{event.remoteIp ?? 'unknown'}</span>
          <span className="truncate text-faint text-xs" title={event.userAgent ?? undefined}>
            {event.userAgent ?? ''}
          </span>
        </span>
      </Td>
      <Td className="whitespace-nowrap font-mono text-muted text-xs max-md:hidden">
        {event.scope ?? ''}
      </Td>
    </Tr>
  )
})

function latencyWords(ms: number): string {
  return ms >= 1000
    ? `${(ms / 1000).toFixed(2)} s`
    : `${ms >= 10 ? Math.round(ms) : ms.toFixed(1)} ms`
}
