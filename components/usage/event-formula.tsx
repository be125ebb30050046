import { exactAmount } from '@/components/charts/amount'
import { DescriptionList } from '@/components/ui/description-list'
import { AbsoluteTime } from '@/components/ui/relative-time'
import { type CostLine, costLines } from '@/lib/model-pricing/cost-lines'
import { dollarsOfPico } from '@/lib/model-pricing/dollars'
import type { CountedEvent } from '@/lib/usage/events'
import { type AgentNames, KIND_WORDS, nameText } from './usage-words'

const PICO_IN_MILLION_TOKENS = 1_000_000

/** How the cost of an event came about, line by line, and what else is known of it. */
export function EventFormula({ event, agents }: { event: CountedEvent; agents: AgentNames }) {
  return (
    <div className="grid min-w-0 gap-x-12 gap-y-5 px-4 pt-2 pb-5 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
      <section aria-label="Formula" className="flex min-w-0 flex-col gap-2 text-sm">
        <h2 className="font-medium text-muted text-xs">How it was priced</h2>
        <Formula event={event} />
      </section>
      <section aria-label="Event" className="flex min-w-0 flex-col gap-2">
        <h2 className="font-medium text-muted text-xs">Event</h2>
        <DescriptionList
          items={[
            { term: 'Id', detail: <code className="break-all text-xs">{event.id}</code> },
            { term: 'Source', detail: <code className="break-all text-xs">{event.source}</code> },
            { term: 'Received', detail: <AbsoluteTime at={event.receivedAt} /> },
            { term: 'Agent', detail: nameText('agent', event.agent, agents) },
            { term: 'Revision', detail: event.revision || '–' },
            { term: 'Environment', detail: event.environment || '–' },
          ]}
        />
      </section>
    </div>
  )
}

function Formula({ event }: { event: CountedEvent }) {
  if (event.kind === 'EXECUTION') {
    return <p className="text-muted">A run costs what the model calls within it cost.</p>
  }
  if (event.cost === null || event.price === null) {
    return (
      <p className="text-muted">
        Nobody had priced {event.model} of {event.provider} when this happened. It is counted, and
        not taken for free: give it a price under Model Pricing, and correct what was counted.
      </p>
    )
  }
  const { price, cost } = event
  const from = price.validFrom === null ? 'from the beginning' : `since ${isoDay(price.validFrom)}`
  return (
    <>
      <table className="w-full text-right tabular-nums max-sm:text-xs">
        <caption className="sr-only">Tokens times rates</caption>
        <thead className="text-muted text-xs">
          <tr>
            <th scope="col" className="pb-1 text-left font-normal">
              Kind
            </th>
            <th scope="col" className="pb-1 font-normal">
              Tokens
            </th>
            <th scope="col" className="pb-1 font-normal">
              For a million
            </th>
            <th scope="col" className="pb-1 font-normal">
              Cost
            </th>
          </tr>
        </thead>
        <tbody>
          {costLines(event.tokens, price.rates, event.occurredAt).map((line) => (
            <FormulaLine key={line.kind ?? 'call'} line={line} />
          ))}
          <tr className="border-subtle border-t font-medium text-ink">
            <th scope="row" colSpan={3} className="py-1 text-left font-medium">
              Rounded once to the nano-dollar
            </th>
            <td className="py-1">{exactAmount('usd', cost.input + cost.output)}</td>
          </tr>
        </tbody>
      </table>
      <p className="text-muted">
        {price.name}, {price.source}, {from}. Corrections made later are in the sums, not here.
      </p>
    </>
  )
}

function FormulaLine({ line }: { line: CostLine }) {
  const perMillion = line.rate / PICO_IN_MILLION_TOKENS
  return (
    <tr className="text-ink">
      <th scope="row" className="py-0.5 text-left font-normal">
        {line.kind === null ? 'The call itself' : KIND_WORDS[line.kind]}
      </th>
      <td className="py-0.5">{line.kind === null ? '–' : line.tokens.toLocaleString('en-US')}</td>
      <td className="py-0.5">{line.kind === null ? '–' : `$${perMillion}`}</td>
      <td className="py-0.5">${dollarsOfPico(line.cost)}</td>
    </tr>
  )
}

function isoDay(moment: number): string {
  return new Date(moment).toISOString().slice(0, 10)
}
