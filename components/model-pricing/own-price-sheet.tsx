'use client'

import { type FormEvent, useId, useState } from 'react'
import {
  readOwnPrices,
  saveOwnPrice,
} from '@/app/[tenant]/settings/model-pricing/own-price-actions'
import { ProblemNotice } from '@/components/settings/problem-notice'
import { type TextForm, useTextForm } from '@/components/settings/use-text-form'
import { useUnsavedGuard } from '@/components/settings/use-unsaved-guard'
import { Button } from '@/components/ui/button'
import { notify } from '@/components/ui/notify'
import { Sheet, SheetBody, SheetContent, SheetFooter, SheetHeader } from '@/components/ui/sheet'
import type { OwnPriceSet } from '@/lib/model-pricing/own-prices'
import { draftOf, inputOf, type OwnPriceDraft, type OwnPricePrefill } from './own-price-draft'
import { OwnPriceFields } from './own-price-fields'
import { OwnPriceSaved } from './own-price-saved'
import { agentText, rateText } from './own-price-words'

const PRICE_CHANGED = 'price_changed'

export type OwnPriceSheetProps = {
  tenant: string
  now: number
  /** What the price is for; null lets everything be chosen. */
  prefill: OwnPricePrefill | null
  /** Provider, model and agent may not be changed. */
  locked?: boolean | undefined
  /** `seen` of the own prices that the page was made with. */
  seen: number
  onClose: () => void
  /** A price was set: what the page shows has become old. */
  onSaved: () => void
}

/** Mount to open. A price of the organization's own from a day on; then what that leaves to correct. */
export function OwnPriceSheet(props: OwnPriceSheetProps) {
  const { tenant, now, prefill, locked = false, onClose } = props
  const form = useTextForm<OwnPriceDraft>(draftOf(prefill, now))
  const price = useOwnPriceSave(props)
  const guard = useUnsavedGuard(price.saved === null && form.dirty)
  const formId = useId()
  const close = () => {
    if (!form.save.saving) guard.ask(onClose)
  }
  function submit(event: FormEvent) {
    event.preventDefault()
    if (!form.save.saving) form.save.run(() => price.save(form.values), price.done)
  }
  return (
    <Sheet open>
      <SheetContent size="lg" onRequestClose={close}>
        {price.saved ? (
          <OwnPriceSaved tenant={tenant} saved={price.saved} onClose={onClose} />
        ) : (
          <>
            <SheetHeader
              title="Set own price"
              description="Counts before the list price, for calls that happen from a day on."
            />
            <SheetBody>
              <form
                id={formId}
                ref={form.save.form}
                noValidate
                onSubmit={submit}
                aria-label="Set own price"
                className="flex flex-col gap-6"
              >
                {isAtField(form) ? null : (
                  <ProblemNotice problem={form.save.problem} title="The price was not set" />
                )}
                {form.save.problem?.code === PRICE_CHANGED && price.theirs ? (
                  <p className="text-ink">{price.theirs}</p>
                ) : null}
                <OwnPriceFields form={form} locked={locked} now={now} />
              </form>
            </SheetBody>
            <SheetFooter>
              <Button onClick={close}>Cancel</Button>
              <Button type="submit" form={formId} variant="primary" loading={form.save.saving}>
                Set price
              </Button>
            </SheetFooter>
          </>
        )}
      </SheetContent>
      {guard.dialog}
    </Sheet>
  )
}

/** What is wrong with a field is said there alone. */
function isAtField({ values, errorOf }: TextForm<OwnPriceDraft>): boolean {
  return (Object.keys(values) as (keyof OwnPriceDraft)[]).some((name) => errorOf(name))
}

/** Saves over what was seen only; after a refusal, over what is told with it. */
function useOwnPriceSave({ tenant, seen: seenAtFirst, onClose, onSaved }: OwnPriceSheetProps) {
  const [seen, setSeen] = useState(seenAtFirst)
  const [theirs, setTheirs] = useState<string | null>(null)
  const [saved, setSaved] = useState<OwnPriceSet | null>(null)
  return {
    theirs,
    saved,
    async save(draft: OwnPriceDraft) {
      const outcome = await saveOwnPrice(tenant, inputOf(draft, seen))
      if (outcome.ok || outcome.problem.code !== PRICE_CHANGED) return outcome
      const latest = await readOwnPrices(tenant, {})
      if (latest.ok) {
        setSeen(latest.data.seen)
        setTheirs(theirPrice(draft, latest.data.prices))
      }
      return outcome
    },
    done(set: OwnPriceSet) {
      onSaved()
      if (set.counted) return setSaved(set)
      notify.success(`Price of ${set.price.model} set`)
      onClose()
    },
  }
}

type Prices = readonly OwnPriceSet['price'][]

/** What somebody else has set meanwhile: the newest of what the draft is about. */
function theirPrice(draft: OwnPriceDraft, prices: Prices): string | null {
  const agent = draft.agent.trim() || null
  const [latest] = prices
    .filter((price) => price.model === draft.model.trim() && price.agent === agent)
    .sort((one, other) => other.createdAt - one.createdAt)
  if (!latest) return null
  const { createdBy, validFrom, rates } = latest
  const day = new Date(validFrom).toISOString().slice(0, 10)
  const what = rates
    ? `${rateText(rates.rates.input)} for input and ${rateText(rates.rates.output)} for output`
    : 'the end of it'
  return `${createdBy} has set ${what} from ${day} on, for ${agentText(agent).toLowerCase()}. Set price again to put yours beside or over it.`
}
