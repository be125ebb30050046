import { amountText, exactAmount } from '@/components/charts/amount'
import { dollarWords, rateWords, tokenWords } from '@/components/model-pricing/rate-words'
import { SectionCard } from '@/components/settings/section-card'
import { Badge } from '@/components/ui/badge'
import { Callout } from '@/components/ui/callout'
import { DescriptionList } from '@/components/ui/description-list'
import { Table, TBody, Td, THead, Tr } from '@/components/ui/table'
import { Th } from '@/components/ui/table-heading'
import { KIND_WORDS } from '@/components/usage/usage-words'
import type { CostLine } from '@/lib/model-pricing/cost-lines'
import { decimalText, dollarsOfPico } from '@/lib/model-pricing/dollars'
import { comparedWords, type Estimate } from './estimate'

const NANO_PLACES = 9

export type EstimateCardProps = {
  estimate: Estimate
  /** With which it is compared. */
  all: readonly Estimate[]
}

/** What one model would cost, and how that comes about. */
export function EstimateCard({ estimate, all }: EstimateCardProps) {
  const { price, total } = estimate
  const compared = comparedWords(estimate, all)
  return (
    <SectionCard
      title={price.model}
      description={price.agent === null ? price.providerName : `For the agent ${price.agent}`}
      actions={
        <>
          {compared ? <Badge>{compared} the cheapest</Badge> : null}
          {price.own ? <Badge tone="accent">Own price</Badge> : null}
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {total ? <Totals total={total} /> : <Unpriced estimate={estimate} />}
        <Lines estimate={estimate} />
      </div>
    </SectionCard>
  )
}

function Totals({ total }: { total: NonNullable<Estimate['total']> }) {
  const money = (nano: bigint) => (
    <span title={exactAmount('usd', nano)}>{amountText('usd', nano)}</span>
  )
  return (
    <>
      <p className="flex flex-wrap items-baseline gap-x-2 tabular-nums">
        <span className="font-semibold text-2xl text-ink">{money(total.month)}</span>
        <span className="text-muted text-sm">a month</span>
      </p>
      <DescriptionList
        layout="columns"
        items={[
          { term: 'A call', detail: dollarWords(decimalText(total.call, NANO_PLACES)) },
          { term: 'A day', detail: money(total.day) },
        ]}
      />
    </>
  )
}

function Unpriced({ estimate }: { estimate: Estimate }) {
  const missing = estimate.unpriced.map((kind) => KIND_WORDS[kind].toLowerCase())
  return (
    <Callout tone="warning" title="It cannot be said">
      This price names no rate for {missing.join(' and ')}: such calls are counted as unpriced.
    </Callout>
  )
}

/** Tokens times rate, line by line. */
function Lines({ estimate: { price, lines, total } }: { estimate: Estimate }) {
  return (
    <Table label={`How a call of ${price.model} is priced`}>
      <THead>
        <tr>
          <Th>Tokens</Th>
          <Th align="right">× rate for 1M</Th>
          <Th align="right">= cost</Th>
        </tr>
      </THead>
      <TBody>
        {lines.map((line) => (
          <Line key={line.kind ?? 'call'} line={line} />
        ))}
        {total ? (
          <Tr className="font-medium">
            <Td className="h-9" colSpan={2}>
              One call
            </Td>
            <Td className="h-9" align="right">
              {dollarWords(decimalText(total.call, NANO_PLACES))}
            </Td>
          </Tr>
        ) : null}
      </TBody>
    </Table>
  )
}

function Line({ line }: { line: CostLine }) {
  const { kind, tokens, rate, billedAs, tierAbove, cost } = line
  const notes = [
    ...(billedAs === kind || billedAs === null
      ? []
      : [`billed as ${KIND_WORDS[billedAs].toLowerCase()}`]),
    ...(tierAbove === null ? [] : [`rate above ${tokenWords(tierAbove)}`]),
  ]
  return (
    <Tr>
      <Td className="h-9">
        <span className="flex flex-col">
          {kind === null ? (
            'The call itself'
          ) : (
            <span>
              {tokens.toLocaleString('en-US')}{' '}
              <span className="text-muted">{KIND_WORDS[kind].toLowerCase()}</span>
            </span>
          )}
          {notes.length > 0 ? <span className="text-muted text-xs">{notes.join(', ')}</span> : null}
        </span>
      </Td>
      <Td className="h-9 whitespace-nowrap" align="right">
        {kind === null ? '' : rateWords(rate)}
      </Td>
      <Td className="h-9 whitespace-nowrap" align="right">
        {dollarWords(dollarsOfPico(cost))}
      </Td>
    </Tr>
  )
}
