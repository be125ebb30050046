import { COLLECTION_CHANNEL } from '@/lib/jobs/collection-signal'
import { type SignalledWork, startOnSignal } from '@/lib/jobs/on-signal'
import { presentInvoices } from '@/lib/payments/present-invoices'
import { reconcileStripe } from '@/lib/payments/stripe/reconcile'
import type { Runtime } from '@/lib/runtime'

type CollectionRuntime = Pick<Runtime, 'billing' | 'changes' | 'log'>

/**
 * Tells Stripe of invoices as soon as there is something to tell; what failed needs `run` from time to time. Null where
 * nobody collects by card.
 */
export function startCollection(runtime: CollectionRuntime): SignalledWork | null {
  const { collector } = runtime.billing
  if (collector === null) return null
  return startOnSignal(runtime, {
    channel: COLLECTION_CHANNEL,
    failure: 'invoices not presented to Stripe',
    async work() {
      const { told, failed } = await presentInvoices(collector, Date.now())
      if (told > 0 || failed > 0) runtime.log.info({ told, failed }, 'invoices presented')
    },
  })
}

/** What Stripe has and what is known of it here, compared and brought into agreement, whatever webhooks were lost. */
export async function compareWithStripe(
  { billing, log }: Pick<CollectionRuntime, 'billing' | 'log'>,
  now: number,
): Promise<void> {
  if (billing.collector === null) return
  log.info(await reconcileStripe(billing.collector, now), 'payments compared with Stripe')
}
