'use client'

import { ChevronDown } from 'lucide-react'
import type { ReactNode } from 'react'
import { amountText, exactAmount } from '@/components/charts/amount'
import { Badge } from '@/components/ui/badge'
import { cn } from '@/components/ui/class-names'
import { Td, Tr } from '@/components/ui/table'
import { inputTokens, OUTPUT_KINDS } from '@/lib/model-pricing/token-kinds'
import { utcDateTime } from '@/lib/tokens/utc-date'
import type { CountedEvent } from '@/lib/usage/events'
import { AgentId } from './agent-id'
import { EventFormula } from './event-formula'
import { type AgentNames, nameText } from './usage-words'

export const CALL_COLUMNS = 7
export const RUN_COLUMNS = 5

export type UsageEventRowProps = {
  event: CountedEvent
  agents: AgentNames
  open: boolean
  onToggle: () => void
}

/** One event: a line, two on a phone, and below it on demand how its cost came about. */
export function UsageEventRow({ event, agents, open, onToggle }: UsageEventRowProps) {
  const detailsId = `formula-${event.source}-${event.id}`.replace(/\W/g, '-')
  const isRun = event.kind === 'EXECUTION'
  return (
    <>
      <Tr
        interactive
        selected={open}
        className="max-sm:grid max-sm:grid-cols-[minmax(0,1fr)_auto_2.5rem] max-sm:py-2"
      >
        {isRun ? (
          <RunCells event={event} agents={agents} />
        ) : (
          <CallCells event={event} agents={agents} />
        )}
        <Td
          align="right"
          className={cn(stacked, 'max-sm:col-start-3 max-sm:row-start-1 max-sm:pr-4 max-sm:pl-0')}
        >
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
        <tr id={detailsId} className="bg-accent-soft/40 max-sm:block">
          <td colSpan={isRun ? RUN_COLUMNS : CALL_COLUMNS} className="p-0 max-sm:block">
            <EventFormula event={event} agents={agents} />
          </td>
        </tr>
      ) : null}
    </>
  )
}

type EventProps = Pick<UsageEventRowProps, 'event' | 'agents'>

function CallCells({ event, agents }: EventProps) {
  const output = OUTPUT_KINDS.reduce((sum, kind) => sum + event.tokens[kind], 0)
  return (
    <>
      <TimeCell at={event.occurredAt} className="max-sm:col-span-2 max-sm:col-start-2" />
      <Td
        className={cn(
          stacked,
          'max-w-56 max-sm:col-start-1 max-sm:pl-4 max-sm:row-start-1 max-sm:max-w-none',
        )}
      >
        <span className="flex min-w-0 flex-wrap items-center gap-x-2">
          <span className="truncate text-ink" title={event.model}>
            {event.model}
          </span>
          <span className="text-muted text-xs">{event.provider}</span>
          {event.origin === 'TEST' ? <Badge>Test</Badge> : null}
        </span>
      </Td>
      <AgentCell
        event={event}
        agents={agents}
        className="max-sm:row-start-2 max-sm:text-muted max-sm:text-xs"
      />
      <Td align="right" className="max-sm:hidden">
        {amountText('tokens', inputTokens(event.tokens))}
      </Td>
      <Td align="right" className="max-sm:hidden">
        {amountText('tokens', output)}
      </Td>
      <Td
        align="right"
        className={cn(
          stacked,
          'whitespace-nowrap max-sm:col-start-2 max-sm:row-start-1 max-sm:px-2',
        )}
      >
        <EventCost event={event} />
      </Td>
    </>
  )
}

function RunCells({ event, agents }: EventProps) {
  return (
    <>
      <TimeCell at={event.occurredAt} className="max-sm:col-span-2 max-sm:col-start-2" />
      <AgentCell event={event} agents={agents} className="text-ink max-sm:row-start-1">
        {event.origin === 'TEST' ? <Badge className="ml-2">Test</Badge> : null}
      </AgentCell>
      <Td
        className={cn(
          stacked,
          'text-muted max-sm:col-start-1 max-sm:pl-4 max-sm:row-start-2 max-sm:text-xs',
        )}
      >
        <span className="sm:hidden">Revision </span>
        {event.revision || '–'}
      </Td>
      <Td className="text-muted max-sm:hidden">{event.environment || '–'}</Td>
    </>
  )
}

type CellProps = { className: string }

/** To the second, as events are many in a minute. Its zone is in the heading, and where the pointer rests. */
function TimeCell({ at, className }: CellProps & { at: number }) {
  const text = utcDateTime(at)
  return (
    <Td
      className={cn(
        stacked,
        'whitespace-nowrap max-sm:row-start-2 max-sm:pr-4 max-sm:pl-0 max-sm:text-right max-sm:text-muted max-sm:text-xs',
        className,
      )}
    >
      <time dateTime={new Date(at).toISOString()} title={text}>
        {text.replace(/ UTC$/, '')}
      </time>
    </Td>
  )
}

type AgentCellProps = CellProps & EventProps & { children?: ReactNode }

function AgentCell({ event, agents, className, children }: AgentCellProps) {
  const name = nameText('agent', event.agent, agents)
  return (
    <Td
      title={name}
      className={cn(
        stacked,
        'max-w-48 truncate max-sm:col-start-1 max-sm:pl-4 max-sm:max-w-none',
        className,
      )}
    >
      {name}
      {children}
      <AgentId by="agent" name={event.agent} agents={agents} />
    </Td>
  )
}

function EventCost({ event }: { event: CountedEvent }) {
  if (event.cost === null) return <Badge tone="warning">Unpriced</Badge>
  const total = event.cost.input + event.cost.output
  return <span title={exactAmount('usd', total)}>{amountText('usd', total)}</span>
}

const stacked = 'max-sm:h-auto max-sm:py-0.5'
