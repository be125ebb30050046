'use client'

import { useState } from 'react'
import { applyCorrection } from '@/app/[tenant]/settings/model-pricing/own-price-actions'
import { amountText, exactAmount } from '@/components/charts/amount'
import { ActDialog } from '@/components/settings/act-dialog'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { DescriptionList } from '@/components/ui/description-list'
import { Field } from '@/components/ui/field'
import { notify } from '@/components/ui/notify'
import { Textarea } from '@/components/ui/textarea'
import type { ReRatingPreview } from '@/lib/usage/re-rating'
import type { CorrectionWish } from './correction-address'
import { CorrectionShares } from './correction-shares'
import { counted, differenceText } from './own-price-words'

export type CorrectionPreviewProps = {
  tenant: string
  wish: CorrectionWish
  preview: ReRatingPreview
  onApplied: () => void
}

/** What a correction would change, and the button that makes it so. */
export function CorrectionPreview({ tenant, wish, preview, onApplied }: CorrectionPreviewProps) {
  const [asking, setAsking] = useState(false)
  const [reason, setReason] = useState('')
  if (preview.adjustments === 0) {
    return (
      <Callout className="mt-5" title="There is nothing to correct" live>
        {preview.calls === 0
          ? 'No calls were counted in this range.'
          : `Of ${counted(preview.calls, 'call')}, each costs what the prices say${preview.unpriced > 0 ? `, apart from ${counted(preview.unpriced, 'call')} that nobody has priced` : ''}.`}
      </Callout>
    )
  }
  const difference = preview.costAfter - preview.costBefore
  return (
    <section aria-label="Preview of the correction" className="mt-5 flex flex-col gap-5">
      <DescriptionList
        layout="columns"
        items={[
          { term: 'Calls in the range', detail: preview.calls.toLocaleString('en-US') },
          { term: 'Cost as it stands', detail: <Money nano={preview.costBefore} /> },
          { term: 'By the prices of now', detail: <Money nano={preview.costAfter} /> },
          { term: 'Difference', detail: <strong>{differenceText(difference)}</strong> },
        ]}
      />
      <PricedCalls preview={preview} />
      <CorrectionShares preview={preview} />
      <div className="flex flex-wrap items-center gap-3">
        <Button variant="primary" onClick={() => setAsking(true)}>
          Apply correction…
        </Button>
        <p className="text-muted text-sm">
          Applied to the nano-dollar as previewed, or not at all where anything has changed.
        </p>
      </div>
      <ActDialog
        open={asking}
        tone="primary"
        title="Apply this correction?"
        description={`Every total of these days changes by ${differenceText(difference)}, for everybody. It is written to the audit log. To take it back, set other prices and correct again.`}
        confirmLabel="Apply correction"
        problemTitle="Nothing was corrected"
        fieldPointer="/reason"
        act={() => applyCorrection(tenant, { ...wish, reason, basis: preview.basis })}
        onDone={() => {
          notify.success('Correction applied')
          onApplied()
        }}
        onClose={() => setAsking(false)}
      >
        {(wrong) => (
          <Field label="Reason" required error={wrong} className="mt-2">
            <Textarea
              value={reason}
              maxLength={500}
              onChange={(event) => setReason(event.target.value)}
            />
          </Field>
        )}
      </ActDialog>
    </section>
  )
}

function Money({ nano }: { nano: bigint }) {
  return <span title={exactAmount('usd', nano)}>{amountText('usd', nano)}</span>
}

function PricedCalls({ preview }: Pick<CorrectionPreviewProps, 'preview'>) {
  const { newlyPriced, noLongerPriced, unpriced } = preview
  return (
    <ul className="flex list-disc flex-col gap-1 pl-5 text-ink text-sm empty:hidden">
      {newlyPriced > 0 ? (
        <li>{counted(newlyPriced, 'call')} without a price would get one.</li>
      ) : null}
      {noLongerPriced > 0 ? (
        <li>
          {counted(noLongerPriced, 'call')} would lose the cost, because no price stands for them
          any more.
        </li>
      ) : null}
      {unpriced > 0 ? (
        <li>{counted(unpriced, 'call')} would be without a price, and so in no total.</li>
      ) : null}
    </ul>
  )
}
