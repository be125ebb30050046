'use client'

import { useRouter } from 'next/navigation'
import { useTransition } from 'react'
import { attempt, type Outcome } from '@/components/settings/action-outcome'
import { notify } from '@/components/ui/notify'

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]']

export interface PaymentPage {
  /** Asks where to go; null where all is done already. */
  ask: () => Promise<Outcome<{ url: string | null }>>
  /** What did not happen: "The page did not open". */
  failure: string
  done?: (() => void) | undefined
}

/**
 * Asks for a page of the payment provider and goes there. Not by the answer of a form: the policy of our pages lets
 * forms lead nowhere else.
 */
export function usePaymentPage({ ask, failure, done }: PaymentPage) {
  const router = useRouter()
  const [leaving, startTransition] = useTransition()
  function open() {
    startTransition(async () => {
      const outcome = await attempt(ask)
      if (!outcome.ok) notify.error(failure, { description: outcome.problem.message })
      else if (outcome.data.url === null) done?.()
      else await visit(outcome.data.url)
      startTransition(() => router.refresh())
    })
  }
  return { leaving, open }
}

/**
 * Ends only where somebody comes back to this very page by the button of the browser.
 * @throws RangeError for what is no page of a payment provider
 */
function visit(url: string): Promise<void> {
  const { protocol, hostname } = new URL(url)
  // A stand-in for the provider on this machine may do without TLS.
  if (protocol !== 'https:' && !(protocol === 'http:' && LOOPBACK.includes(hostname))) {
    throw new RangeError('A page of the payment provider is reached by https.')
  }
  return new Promise((cameBack) => {
    window.addEventListener('pageshow', () => cameBack(), { once: true })
    window.location.assign(url)
  })
}
