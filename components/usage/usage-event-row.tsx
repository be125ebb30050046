'use client'

import { ChevronDown } from 'lucide-react'
import { amountText, exactAmount } from '@/components/charts/amount'
import { Badge } from '@/components/ui/badge'
import { cn } from '@/components/ui/class-names'
import { AbsoluteTime } from '@/components/ui/relative-time'
import { Td, Tr } from '@/components/ui/table'
import { inputTokens, OUTPUT_KINDS } from '@/lib/model-pricing/token-kinds'
import type { CountedEvent } from '@/lib/usage/events'
import { EventFormula } from './event-formula'
import { nameText } from './usage-words'

export const EVENT_COLUMNS = 7

export type UsageEventRowProps = {
  event: CountedEvent
  now: number
  open: boolean
  onToggle: () => void
}

/** One event: a line, and below it on demand how its cost came about. */
export function UsageEventRow({ event, open, onToggle }: UsageEventRowProps) {
  const detailsId = `formula-${event.source}-${event.id}`.replace(/\W/g, '-')
  const isRun = event.kind === 'EXECUTION'
  const output = OUTPUT_KINDS.reduce((sum, kind) => sum + event.tokens[kind], 0)
  return (
    <>
      <Tr interactive selected={open}>
        <Td className="whitespace-nowrap">
          <AbsoluteTime at={event.occurredAt} />
        </Td>
        <Td className="max-w-56">
          {isRun ? (
            <span className="text-muted">Run of an agent</span>
          ) : (
            <span className="flex min-w-0 flex-wrap items-center gap-x-2">
              <span className="truncate text-ink">{event.model}</span>
              <span className="text-muted text-xs">{event.provider}</span>
              {event.origin === 'TEST' ? <Badge>Test</Badge> : null}
            </span>
          )}
        </Td>
        <Td className="max-w-48 truncate">{nameText('agent', event.agent)}</Td>
        <Td align="right">{isRun ? '–' : amountText('tokens', inputTokens(event.tokens))}</Td>
        <Td align="right">{isRun ? '–' : amountText('tokens', output)}</Td>
        <Td align="right" className="whitespace-nowrap">
          <EventCost event={event} />
        </Td>
        <Td align="right">
          <button
            type="button"
            aria-expanded={open}
            aria-controls={open ? detailsId : undefined}
            aria-label={`Formula of event ${event.id}`}
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
            <EventFormula event={event} />
          </td>
        </tr>
      ) : null}
    </>
  )
}

function EventCost({ event }: { event: CountedEvent }) {
  if (event.kind === 'EXECUTION') return '–'
  if (event.cost === null) return <Badge tone="warning">Unpriced</Badge>
  const total = event.cost.input + event.cost.output
  return <span title={exactAmount('usd', total)}>{amountText('usd', total)}</span>
}
