'use client'

import { ChevronDown } from 'lucide-react'
import { cn } from '@/components/ui/class-names'
import { AbsoluteTime, RelativeTime } from '@/components/ui/relative-time'
import { Td, Tr } from '@/components/ui/table'
import type { AuditEvent } from '@/lib/audit/events'
import { ActorName } from './actor-name'
import { EventDetails } from './event-details'
import { EventSentence } from './event-sentence'

export const EVENT_COLUMNS = 4

export type EventRowProps = {
  event: AuditEvent
  tenant: string
  now: number
  open: boolean
  onToggle: () => void
  /** Links to the target; off on the target's own page. */
  linked: boolean
}

/** One event: a line, and below it on demand everything that was recorded. */
export function EventRow({ event, tenant, now, open, onToggle, linked }: EventRowProps) {
  const detailsId = `event-${event.id}`
  return (
    <>
      <Tr interactive selected={open} className={open ? 'border-b-transparent' : undefined}>
        <Td className="py-2 align-top max-sm:hidden">
          <Moment at={event.createdAt} now={now} />
        </Td>
        <Td className="py-2 align-top max-sm:hidden">
          <ActorName event={event} />
        </Td>
        <Td className="py-2 align-top max-sm:py-2.5 max-sm:pl-4 sm:leading-6">
          <div className="mb-1 flex flex-wrap items-center justify-between gap-x-4 sm:hidden">
            <ActorName event={event} />
            <RelativeTime at={event.createdAt} now={now} className="text-muted text-xs" />
          </div>
          <EventSentence event={event} tenant={tenant} linked={linked} />
        </Td>
        <Td align="right" className="py-2 align-top">
          <button
            type="button"
            aria-expanded={open}
            aria-controls={open ? detailsId : undefined}
            aria-label={`Details of event ${event.seq}`}
            onClick={onToggle}
            className="inline-grid size-6 place-items-center rounded-sm text-faint outline-none after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:outline-focus focus-visible:after:-outline-offset-2"
          >
            <ChevronDown
              aria-hidden
              className={cn('size-4 transition-transform', open && 'rotate-180')}
            />
          </button>
        </Td>
      </Tr>
      {open ? (
        <tr id={detailsId} className="bg-accent-soft/40">
          <td colSpan={EVENT_COLUMNS} className="p-0">
            <EventDetails event={event} />
          </td>
        </tr>
      ) : null}
    </>
  )
}

function Moment({ at, now }: { at: number; now: number }) {
  return (
    <span className="flex flex-col">
      <RelativeTime at={at} now={now} />
      <AbsoluteTime at={at} className="text-faint text-xs" />
    </span>
  )
}
