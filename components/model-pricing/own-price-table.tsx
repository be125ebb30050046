'use client'

import { CalendarX2, Pencil } from 'lucide-react'
import { SectionCard } from '@/components/settings/section-card'
import { Badge, type Tone } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { AbsoluteTime } from '@/components/ui/relative-time'
import { RowMenu } from '@/components/ui/row-menu'
import { Table, TBody, Td, THead, Tr } from '@/components/ui/table'
import { Th } from '@/components/ui/table-heading'
import type { OwnPrice } from '@/lib/model-pricing/own-price-rows'
import { agentText, otherParts, rateText } from './own-price-words'
import { ModelName } from './unpriced-table'

export interface OwnPriceActs {
  onAdd: () => void
  onChange: (price: OwnPrice) => void
  onEnd: (price: OwnPrice) => void
}

export type OwnPriceTableProps = {
  now: number
  prices: readonly OwnPrice[]
  /** Null for those who may not set prices. */
  acts: OwnPriceActs | null
}

/** Every own price with its days, past ones and those to come. */
export function OwnPriceTable({ now, prices, acts }: OwnPriceTableProps) {
  return (
    <SectionCard
      title="Your own prices"
      description="They count before the list price; one for an agent counts before one for all. Prices are never changed, only followed by others, so every past cost can be explained."
      actions={acts && prices.length > 0 ? <AddButton onAdd={acts.onAdd} /> : null}
      flush
    >
      {prices.length === 0 ? (
        <EmptyState
          framed={false}
          title={acts ? 'Set a price of your own' : 'There are no prices of your own'}
          description="For what you have negotiated, for models that you run yourself, or for one agent."
          actions={acts ? <AddButton onAdd={acts.onAdd} /> : null}
        />
      ) : (
        <Table label="Own prices" framed={false}>
          <THead>
            <tr>
              <Th>Model</Th>
              <Th>For</Th>
              <Th align="right">Input, per 1M</Th>
              <Th align="right">Output, per 1M</Th>
              <Th>Other parts</Th>
              <Th>From and until</Th>
              <Th>Set by</Th>
              {acts ? (
                <Th srOnly pinned>
                  Actions
                </Th>
              ) : null}
            </tr>
          </THead>
          <TBody>
            {prices.map((price) => (
              <PriceRow key={price.id} now={now} price={price} acts={acts} />
            ))}
          </TBody>
        </Table>
      )}
    </SectionCard>
  )
}

function AddButton({ onAdd }: Pick<OwnPriceActs, 'onAdd'>) {
  return (
    <Button variant="primary" onClick={onAdd}>
      Set own price
    </Button>
  )
}

type PriceRowProps = { now: number; price: OwnPrice; acts: OwnPriceActs | null }

function PriceRow({ now, price, acts }: PriceRowProps) {
  const table = price.rates?.rates
  const state = stateOf(price, now)
  return (
    <Tr>
      <Td>
        <ModelName provider={price.provider} model={price.model} />
      </Td>
      <Td className="min-w-28 max-w-40 [overflow-wrap:anywhere]">{agentText(price.agent)}</Td>
      <Td align="right">{rateText(table?.input)}</Td>
      <Td align="right">{rateText(table?.output)}</Td>
      <Td className="min-w-40 text-muted text-xs">
        {price.rates ? otherParts(price).join(' · ') : 'The list price counts again.'}
        {price.note ? <span className="block [overflow-wrap:anywhere]">{price.note}</span> : null}
      </Td>
      <Td className="whitespace-nowrap">
        <span className="flex flex-col gap-0.5">
          <span>
            <AbsoluteTime at={price.validFrom} dateOnly />
            {price.until === null ? null : (
              <>
                {' '}
                – <AbsoluteTime at={price.until} dateOnly />
              </>
            )}
          </span>
          <Badge tone={state.tone}>{state.label}</Badge>
        </span>
      </Td>
      <Td className="min-w-28 max-w-40 [overflow-wrap:anywhere]">{price.createdBy}</Td>
      {acts ? (
        <Td align="right" pinned>
          <RowMenu
            name={`${price.model}, ${agentText(price.agent)}`}
            actions={price.rates && state.label !== 'Past' ? actionsOf(price, acts) : []}
          />
        </Td>
      ) : null}
    </Tr>
  )
}

function actionsOf(price: OwnPrice, acts: OwnPriceActs) {
  return [
    {
      label: 'Change from a day on…',
      icon: <Pencil aria-hidden />,
      onSelect: () => acts.onChange(price),
    },
    {
      label: 'End on a day…',
      icon: <CalendarX2 aria-hidden />,
      tone: 'danger' as const,
      onSelect: () => acts.onEnd(price),
    },
  ]
}

function stateOf(price: OwnPrice, now: number): { label: string; tone: Tone } {
  if (price.until !== null && price.until <= now) return { label: 'Past', tone: 'neutral' }
  if (price.rates === null)
    return { label: price.validFrom > now ? 'Will end' : 'Ended', tone: 'warning' }
  return price.validFrom > now
    ? { label: 'To come', tone: 'info' }
    : { label: 'In force', tone: 'success' }
}
