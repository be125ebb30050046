'use client'

import { useEffect, useState } from 'react'
import { loadPriceHistory } from '@/app/[tenant]/settings/model-pricing/price-actions'
import { ownPriceHref } from '@/components/model-pricing/correction-address'
import { matchWords, tokenWords } from '@/components/model-pricing/rate-words'
import { attempt, type Outcome } from '@/components/settings/action-outcome'
import { Callout } from '@/components/ui/callout'
import { DescriptionList } from '@/components/ui/description-list'
import { LinkButton } from '@/components/ui/link-button'
import { Sheet, SheetBody, SheetContent, SheetFooter, SheetHeader } from '@/components/ui/sheet'
import { Skeleton, SkeletonRegion } from '@/components/ui/skeleton'
import type { PriceHistoryRow } from '@/lib/model-pricing/price-history'
import { PriceHistory } from './price-history'
import type { PriceRow } from './price-rows'
import { RateTable } from './rate-table'

export type PriceSheetProps = {
  tenant: string
  /** Null: closed. */
  row: PriceRow | null
  /** May set prices of the organization's own. */
  mayWrite: boolean
  onClose: () => void
}

/** Everything that is known of one price. */
export function PriceSheet({ tenant, row, mayWrite, onClose }: PriceSheetProps) {
  // What it showed last is still there while it closes.
  const [last, setLast] = useState(row)
  if (row !== null && row !== last) setLast(row)
  const shown = row ?? last
  return (
    <Sheet open={row !== null} onOpenChange={(open) => !open && onClose()}>
      <SheetContent>
        {shown ? (
          <PriceDetails key={shown.key} tenant={tenant} row={shown} mayWrite={mayWrite} />
        ) : null}
      </SheetContent>
    </Sheet>
  )
}

type PriceDetailsProps = { tenant: string; row: PriceRow; mayWrite: boolean }

function PriceDetails({ tenant, row, mayWrite }: PriceDetailsProps) {
  const history = useHistory(tenant, row)
  const calculate = new URLSearchParams({ tab: 'calculator', model: row.key })
  return (
    <>
      <SheetHeader
        title={row.model}
        description={`${row.name} of ${row.providerName}${row.agent === null ? '' : `, for the agent ${row.agent}`}`}
      />
      {/* It may hold nothing to focus, and must be scrolled by keyboard all the same. */}
      <SheetBody
        tabIndex={0}
        role="region"
        aria-label="Price"
        className="focus-inset flex flex-col gap-6"
      >
        <div className="flex flex-col gap-2">
          <h3 className="font-medium">{row.own ? 'Your own price' : 'List price'}</h3>
          <RateTable rates={row.rates} />
          <p className="text-muted text-xs">
            A kind of token that is not named costs what the wider kind costs. A rate “above” a size
            counts for all tokens of a call whose input is larger.
          </p>
        </div>
        <section aria-label="History" className="flex flex-col gap-2">
          <h3 className="font-medium">History</h3>
          <History history={history} />
        </section>
        <Facts row={row} history={history} />
      </SheetBody>
      <SheetFooter>
        {mayWrite ? (
          <LinkButton href={ownPriceHref(tenant, row)} prefetch={false}>
            Set own price
          </LinkButton>
        ) : null}
        <LinkButton href={`?${calculate}`} prefetch={false}>
          Calculate with this model
        </LinkButton>
      </SheetFooter>
    </>
  )
}

function useHistory(tenant: string, { provider, model }: PriceRow) {
  const [history, setHistory] = useState<Outcome<PriceHistoryRow[]> | null>(null)
  // The server, which keeps the history, is the external system.
  useEffect(() => {
    let current = true
    void attempt(() => loadPriceHistory(tenant, { provider, model })).then((loaded) => {
      if (current) setHistory(loaded)
    })
    return () => {
      current = false
    }
  }, [tenant, provider, model])
  return history
}

function History({ history }: { history: Outcome<PriceHistoryRow[]> | null }) {
  if (history === null) {
    return (
      <SkeletonRegion label="Loading the history" className="flex flex-col gap-2">
        <Skeleton className="h-5 w-64" />
        <Skeleton className="h-5 w-48" />
      </SkeletonRegion>
    )
  }
  if (!history.ok) {
    return (
      <Callout tone="danger" live title="The history could not be loaded">
        {history.problem.message}
      </Callout>
    )
  }
  return <PriceHistory rows={history.data} />
}

function Facts({ row, history }: { row: PriceRow; history: Outcome<PriceHistoryRow[]> | null }) {
  const rows = history?.ok ? history.data : []
  const match = rows.find((each) => each.state === 'standing' && each.match)?.match
  const names = match ? matchWords(match) : [row.model]
  return (
    <section aria-label="About the model" className="flex flex-col gap-1">
      <h3 className="font-medium">About the model</h3>
      <DescriptionList
        items={[
          {
            term: 'Context window',
            detail:
              row.contextWindow === null ? 'Not known' : `${tokenWords(row.contextWindow)} tokens`,
          },
          {
            term: 'Names that are meant',
            detail: <span className="font-mono text-xs">{names.join(', ')}</span>,
          },
        ]}
      />
    </section>
  )
}
