import type { MouseEvent, ReactNode } from 'react'
import { rateWords, tokenWords, windowWords } from '@/components/model-pricing/rate-words'
import { Badge } from '@/components/ui/badge'
import { AbsoluteTime } from '@/components/ui/relative-time'
import { RowLink } from '@/components/ui/table'
import { dollarsOfPico } from '@/lib/model-pricing/dollars'
import type { TokenKind } from '@/lib/model-pricing/token-kinds'
import type { SortableColumn } from './price-filters'
import type { PriceRow } from './price-rows'

/** By column. Tooltips are `title`s: a page of rows would otherwise mount a hundred tooltip components. */
export function priceCells(
  onOpen: (key: string) => void,
): Record<SortableColumn, (row: PriceRow) => ReactNode> {
  return {
    model: (row) => <ModelCell row={row} onOpen={onOpen} />,
    input: (row) => <RateCell row={row} kind="input" />,
    cacheRead: (row) => <RateCell row={row} kind="cacheRead" />,
    cacheWrite: (row) => <RateCell row={row} kind="cacheWrite" />,
    output: (row) => <RateCell row={row} kind="output" />,
    context: ({ contextWindow }) =>
      contextWindow === null ? (
        <Nothing title="The context window is not known." />
      ) : (
        <span title={`${contextWindow.toLocaleString('en-US')} tokens`}>
          {tokenWords(contextWindow)}
        </span>
      ),
    since: (row) => <SinceCell row={row} />,
  }
}

function ModelCell({ row, onOpen }: { row: PriceRow; onOpen: (key: string) => void }) {
  function open(event: MouseEvent) {
    // With a key held the link does what links do: it opens elsewhere.
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    onOpen(row.key)
  }
  return (
    <span className="flex min-w-40 max-w-72 flex-col">
      <span className="flex min-w-0 items-center gap-2">
        <RowLink
          href={`?${new URLSearchParams({ model: row.key })}`}
          prefetch={false}
          scroll={false}
          onClick={open}
          className="truncate"
          title={row.model}
        >
          {row.model}
        </RowLink>
        {row.own ? <Badge tone="accent">Own price</Badge> : null}
      </span>
      <span className="truncate text-muted text-xs" title={secondLine(row)}>
        {secondLine(row)}
      </span>
    </span>
  )
}

/** Whose it is, what people call it, and what else distinguishes the price. */
function secondLine(row: PriceRow): string {
  const { rates, windows = [] } = row.rates
  return [
    row.providerName,
    ...(row.name === row.model ? [] : [row.name]),
    ...(row.agent === null ? [] : [`for the agent ${row.agent}`]),
    ...(rates.call ? [`$${dollarsOfPico(rates.call)} a call`] : []),
    ...windows.map((window) => `other rates ${windowWords(window)}`),
  ].join(' · ')
}

const BILLED_AS: Partial<Record<TokenKind, string>> = {
  cacheRead: 'No rate of its own: billed as input.',
  cacheWrite: 'No rate of its own: billed as input.',
}

function RateCell({ row, kind }: { row: PriceRow; kind: TokenKind }) {
  const rate = row.rates.rates[kind]
  if (rate === undefined) return <Nothing title={BILLED_AS[kind] ?? 'The price names no rate.'} />
  if (typeof rate === 'number') return <span className="whitespace-nowrap">{rateWords(rate)}</span>
  return (
    <span className="flex flex-col whitespace-nowrap">
      {rateWords(rate.base)}
      {rate.tiers.map((tier) => (
        <span
          key={tier.above}
          className="text-muted text-xs"
          title={`For all tokens of a call whose input has more than ${tier.above.toLocaleString('en-US')} tokens.`}
        >
          {rateWords(tier.rate)} <span aria-hidden>&gt;</span>
          <span className="sr-only">above</span> {tokenWords(tier.above)}
        </span>
      ))}
    </span>
  )
}

function SinceCell({ row: { since, changesAt } }: { row: PriceRow }) {
  return (
    <span className="flex flex-col whitespace-nowrap">
      {since === null ? (
        <Nothing title="No other price is known from before." />
      ) : (
        <AbsoluteTime at={since} dateOnly />
      )}
      {changesAt === null ? null : (
        <span className="text-warning-text text-xs">
          Changes <AbsoluteTime at={changesAt} dateOnly />
        </span>
      )}
    </span>
  )
}

/** A dash, and for those who ask or listen what it means. */
function Nothing({ title }: { title: string }) {
  return (
    <span className="text-faint" title={title}>
      <span aria-hidden>–</span>
      <span className="sr-only">{title}</span>
    </span>
  )
}
