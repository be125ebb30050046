'use client'

import { SectionCard } from '@/components/settings/section-card'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { LinkButton } from '@/components/ui/link-button'
import { AbsoluteTime } from '@/components/ui/relative-time'
import { Table, TBody, Td, THead, Tr } from '@/components/ui/table'
import { Th } from '@/components/ui/table-heading'
import type { UnpricedModel } from '@/lib/usage/unpriced'
import { correctionHref } from './correction-address'
import { agentText } from './own-price-words'

const DAY_MS = 86_400_000

export type UnpricedTableProps = {
  tenant: string
  now: number
  models: readonly UnpricedModel[]
  /** Null for those who may not set prices. */
  onSetPrice: ((model: UnpricedModel) => void) | null
}

/** Models that nobody has said the cost of: they are in no total, and not for nothing either. */
export function UnpricedTable({ tenant, now, models, onSetPrice }: UnpricedTableProps) {
  return (
    <SectionCard
      title="Models without a price"
      description="Their tokens are counted, their cost is unknown and is in no total. A price fixes the calls to come; a correction fixes those of the last 35 days."
      flush
    >
      {models.length === 0 ? (
        <EmptyState
          framed={false}
          title="Every model has a price"
          description="A model that no price is known for will be listed here as soon as a call uses it."
        />
      ) : (
        <Table label="Unpriced models" framed={false}>
          <THead>
            <tr>
              <Th>Model</Th>
              <Th align="right" className="max-sm:hidden">
                Calls, 35 days
              </Th>
              <Th align="right">Calls, all time</Th>
              <Th align="right">Tokens</Th>
              <Th>Agents</Th>
              <Th>First and last day</Th>
              {onSetPrice ? (
                <Th srOnly pinned>
                  Actions
                </Th>
              ) : null}
            </tr>
          </THead>
          <TBody>
            {models.map((model) => (
              <Tr key={`${model.provider}\n${model.model}`}>
                <Td>
                  <ModelName provider={model.provider} model={model.model} />
                  {model.isPriced ? <Badge tone="info">Priced since</Badge> : null}
                  {/* On phones the buttons stand over the columns beside the name. */}
                  <span className="block text-muted text-xs tabular-nums sm:hidden">
                    {model.recentCalls.toLocaleString('en-US')}{' '}
                    {model.recentCalls === 1 ? 'call' : 'calls'} in 35 days
                  </span>
                </Td>
                <Td align="right" className="max-sm:hidden">
                  {model.recentCalls.toLocaleString('en-US')}
                </Td>
                <Td align="right">{model.calls.toLocaleString('en-US')}</Td>
                <Td align="right">{model.tokens.toLocaleString('en-US')}</Td>
                <Td>
                  <Agents model={model} />
                </Td>
                <Td className="whitespace-nowrap">
                  <AbsoluteTime at={model.firstDay} dateOnly /> –{' '}
                  <AbsoluteTime at={model.lastDay} dateOnly />
                </Td>
                {onSetPrice ? (
                  <Td align="right" pinned>
                    <Fix tenant={tenant} now={now} model={model} onSetPrice={onSetPrice} />
                  </Td>
                ) : null}
              </Tr>
            ))}
          </TBody>
        </Table>
      )}
    </SectionCard>
  )
}

type FixProps = Pick<UnpricedTableProps, 'tenant' | 'now'> & {
  model: UnpricedModel
  onSetPrice: (model: UnpricedModel) => void
}

/** The next step: a price, and then the correction of what was counted without it. */
function Fix({ tenant, now, model, onSetPrice }: FixProps) {
  if (!model.isPriced) {
    return (
      <Button
        size="sm"
        onClick={() => onSetPrice(model)}
        aria-label={`Set price of ${model.model}`}
      >
        Set price
      </Button>
    )
  }
  if (model.recentCalls === 0) return null
  const to = (Math.floor(now / DAY_MS) + 1) * DAY_MS
  const from = Math.max(model.firstDay, to - 35 * DAY_MS)
  return (
    <LinkButton
      size="sm"
      href={correctionHref(tenant, { ...model, from, to, agent: null })}
      aria-label={`Correct what was counted of ${model.model}`}
    >
      Correct
    </LinkButton>
  )
}

function Agents({ model: { agents, agentCount } }: { model: UnpricedModel }) {
  const more = agentCount - agents.length
  return (
    <span className="block min-w-40 max-w-60 [overflow-wrap:anywhere]">
      {agents.map(agentText).join(', ')}
      {more > 0 ? ` and ${more.toLocaleString('en-US')} more` : null}
    </span>
  )
}

/** The model with its provider below, as in all tables of prices. */
export function ModelName({ provider, model }: { provider: string; model: string }) {
  return (
    <span className="flex min-w-44 max-w-72 flex-col [overflow-wrap:anywhere]">
      <span className="font-medium text-ink">{model}</span>
      <span className="text-muted text-xs">{provider}</span>
    </span>
  )
}
