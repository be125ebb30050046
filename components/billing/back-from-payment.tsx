'use client'

import { useRouter } from 'next/navigation'
import { useEffect } from 'react'
import { rereadPayments } from '@/app/[tenant]/settings/billing/payment-actions'
import { attempt } from '@/components/settings/action-outcome'
import { replaceSearchParams } from '@/components/settings/search-params'
import { notify } from '@/components/ui/notify'
import { Spinner } from '@/components/ui/spinner'
import { CARD_BEFORE } from './card-return'
import { cardWords } from './card-words'

export type BackFromPaymentProps = {
  tenant: string
  /** The card that was there before, as the address says. */
  before: string
}

/** What was read a moment ago is not read again at once; and a new card is tried in the meantime. */
const AGAIN_AFTER_MS = 3500

async function readTwice(tenant: string, before: string) {
  const read = () => attempt(() => rereadPayments(tenant, { before }))
  const first = await read()
  if (first.ok && first.data.newCard && !first.data.isDeclined) return first
  await new Promise((passed) => setTimeout(passed, AGAIN_AFTER_MS))
  return read()
}

/**
 * For whoever comes back from a page of the payment provider: reads there what has become of the card, so that the page
 * is right before any webhook is. Asked by the page and not by its address alone, because a link must change nothing.
 */
export function BackFromPayment({ tenant, before }: BackFromPaymentProps) {
  const router = useRouter()
  // The payment provider and the address are the external systems.
  useEffect(() => {
    let isLeft = false
    void readTwice(tenant, before).then((outcome) => {
      if (isLeft) return
      if (!outcome.ok) {
        notify.error('Stripe did not say what became of the card', {
          description: 'It appears here by itself once Stripe does.',
        })
      } else if (outcome.data.newCard) {
        notify.success('Card added', {
          description: `${cardWords(outcome.data.newCard)} pays what is invoiced from now on.`,
        })
      }
      // Not to be asked again where the page is loaded anew; the page without it has no more of this.
      replaceSearchParams({ [CARD_BEFORE]: null })
      router.refresh()
    })
    return () => {
      isLeft = true
    }
  }, [tenant, before, router])
  return (
    <output className="flex items-center gap-2 text-muted text-sm">
      <Spinner />
      Reading the card from Stripe…
    </output>
  )
}
