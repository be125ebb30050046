'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { replaceSearchParams } from '@/components/settings/search-params'
import { useRefreshWhenClosed } from '@/components/settings/use-refresh-when-closed'
import { Callout } from '@/components/ui/callout'
import { lazyOverlay } from '@/components/ui/lazy-overlay'
import type { OwnPrice, OwnPrices } from '@/lib/model-pricing/own-price-rows'
import type { PastReRating } from '@/lib/usage/re-rating-list'
import type { UnpricedModel } from '@/lib/usage/unpriced'
import type { UsedNames } from '@/lib/usage/used-names'
import type { CorrectionWish } from './correction-address'
import { CorrectionForm } from './correction-form'
import type { EndPriceDialogProps } from './end-price-dialog'
import type { OwnPricePrefill } from './own-price-draft'
import type { OwnPriceSheetProps } from './own-price-sheet'
import { OwnPriceTable } from './own-price-table'
import { PastCorrections } from './past-corrections'
import { UnpricedTable } from './unpriced-table'

const OwnPriceSheet = lazyOverlay<OwnPriceSheetProps>(
  () => import('./own-price-sheet').then((module) => module.OwnPriceSheet),
  { close: ({ onClose }) => onClose() },
)
const EndPriceDialog = lazyOverlay<EndPriceDialogProps>(
  () => import('./end-price-dialog').then((module) => module.EndPriceDialog),
  { close: ({ onClose }) => onClose() },
)

export type CorrectionsPanelProps = {
  tenant: string
  now: number
  mayWrite: boolean
  roleLabel: string
  own: OwnPrices
  unpriced: readonly UnpricedModel[]
  corrections: readonly PastReRating[]
  names: UsedNames
  wish: CorrectionWish
  /** What the address wants an own price of. */
  prefill: OwnPricePrefill | null
}

/** The address without what opened the sheet. */
const NO_OWN_PRICE = { 'set-provider': null, 'set-model': null, 'set-agent': null }

type Opened =
  | { what: 'sheet'; prefill: OwnPricePrefill | null; locked: boolean }
  | { what: 'end'; price: OwnPrice }

/** What has no price, the prices of one's own, and what was corrected by them. */
export function CorrectionsPanel(props: CorrectionsPanelProps) {
  const { tenant, now, mayWrite, own, wish } = props
  const router = useRouter()
  const [opened, setOpened] = useState<Opened | null>(
    mayWrite && props.prefill ? { what: 'sheet', prefill: props.prefill, locked: false } : null,
  )
  const refreshWhenClosed = useRefreshWhenClosed(opened !== null)
  function close() {
    setOpened(null)
    if (props.prefill) replaceSearchParams(NO_OWN_PRICE)
  }
  const open = (prefill: OwnPricePrefill | null, locked: boolean) =>
    setOpened({ what: 'sheet', prefill, locked })
  return (
    <div className="flex min-w-0 flex-col gap-6">
      {mayWrite ? null : (
        <Callout title="Only admins set prices and correct costs">
          You are signed in as {props.roleLabel}. You see everything that was set and corrected.
        </Callout>
      )}
      <UnpricedTable
        tenant={tenant}
        now={now}
        models={props.unpriced}
        onSetPrice={
          mayWrite
            ? ({ provider, model }) => open({ provider, model, agent: null, rates: null }, false)
            : null
        }
      />
      <OwnPriceTable
        now={now}
        prices={own.prices}
        acts={
          mayWrite
            ? {
                onAdd: () => open(null, false),
                onChange: (price) => open(price, true),
                onEnd: (price) => setOpened({ what: 'end', price }),
              }
            : null
        }
      />
      {mayWrite ? (
        <CorrectionForm
          // Another address fills the form in anew.
          key={JSON.stringify(wish)}
          tenant={tenant}
          initial={wish}
          names={props.names}
          onApplied={() => router.refresh()}
        />
      ) : null}
      <PastCorrections now={now} corrections={props.corrections} />
      {opened?.what === 'sheet' ? (
        <OwnPriceSheet
          tenant={tenant}
          now={now}
          prefill={opened.prefill}
          locked={opened.locked}
          seen={own.seen}
          onClose={close}
          onSaved={refreshWhenClosed}
        />
      ) : null}
      {opened?.what === 'end' ? (
        <EndPriceDialog
          tenant={tenant}
          now={now}
          price={opened.price}
          seen={own.seen}
          onClose={close}
          onEnded={refreshWhenClosed}
        />
      ) : null}
    </div>
  )
}
