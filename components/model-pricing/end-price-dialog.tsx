'use client'

import { useState } from 'react'
import { endPrice } from '@/app/[tenant]/settings/model-pricing/own-price-actions'
import { ActDialog } from '@/components/settings/act-dialog'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { notify } from '@/components/ui/notify'
import type { OwnPrice } from '@/lib/model-pricing/own-price-rows'
import { agentText, dayValue } from './own-price-words'

export type EndPriceDialogProps = {
  tenant: string
  now: number
  price: OwnPrice
  seen: number
  onClose: () => void
  onEnded: () => void
}

/** Mount to open. From which day on the next wider price counts again. */
export function EndPriceDialog({
  tenant,
  now,
  price,
  seen,
  onClose,
  onEnded,
}: EndPriceDialogProps) {
  const { provider, model, agent } = price
  const [validFrom, setValidFrom] = useState(dayValue(Math.max(now, price.validFrom)))
  return (
    <ActDialog
      open
      title={`End the price of ${model}`}
      description={`For ${agentText(agent).toLowerCase()}. From that day on the next price counts: your own for all agents, or the list price. Where there is none, calls are counted without a cost. Calls that were counted stay as they are.`}
      confirmLabel="End price"
      problemTitle="The price was not ended"
      fieldPointer="/validFrom"
      act={() => endPrice(tenant, { provider, model, agent, validFrom, seen })}
      onDone={() => {
        notify.success(`Price of ${model} ends on ${validFrom}`)
        onEnded()
      }}
      onClose={onClose}
    >
      {(wrong) => (
        <Field label="First day without it" error={wrong} className="mt-2">
          <Input
            type="date"
            suffix="UTC"
            value={validFrom}
            onChange={(event) => setValidFrom(event.target.value)}
          />
        </Field>
      )}
    </ActDialog>
  )
}
