import type pg from 'pg'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import { lockBilling } from '@/lib/invoices/credit'
import { askToPay, keepOutcomes, openOf } from '@/lib/payments/collection-store'
import type { Collector } from '@/lib/payments/collector'
import { recordCardPayments } from '@/lib/payments/paid-by-card'
import type { ProviderState } from '@/lib/payments/payment-provider'
import { findState, holdCustomer, keepState } from '@/lib/payments/provider-state'

export interface MirrorSubject {
  organizationId: string
  customerId: string
  /** Epoch ms. */
  now: number
}

/** Reads a customer anew, if it is one of ours, and does what follows: see `mirrorHeld`. */
export async function mirrorCustomer(
  collector: Collector,
  customerId: string,
  now: number,
): Promise<void> {
  await sqlTransaction(collector.db.pool, async (client) => {
    const organizationId = await holdCustomer(client, customerId)
    if (organizationId === null) return
    await mirrorHeld(client, collector, { organizationId, customerId, now })
  })
}

/**
 * Reads the state of a customer anew, keeps it, and does what follows from it here: payments are recorded, and the
 * subscription is brought into agreement. The customer must be held; the provider is asked before the subscription is
 * held, so that nobody waits for the network. The last step of its transaction.
 */
export async function mirrorHeld(
  client: pg.PoolClient,
  { provider, agreement, news }: Collector,
  { organizationId, customerId, now }: MirrorSubject,
): Promise<ProviderState> {
  const after = await provider.readState(customerId)
  const before = await findState(client, organizationId)
  const isThere = await agreement.hold(client, organizationId)
  await lockBilling(client, organizationId)
  if (!(await keepState(client, organizationId, { before, after, now }))) return after
  await keepOutcomes(client, organizationId, after.invoices, now)
  if (isThere) await tryNewCard(client, { organizationId, now }, { before, after })
  const { invoices } = after
  await recordCardPayments(client, { organizationId, invoices, now }, news)
  const hasCard = after.card !== null
  if (isThere) await agreement.settle(client, { organizationId, now, hasCard })
  return after
}

/**
 * A new card is tried at once where another one failed. What was open before there was any is charged only when
 * somebody asks for it: the money may be on its way.
 */
async function tryNewCard(
  client: pg.PoolClient,
  { organizationId, now }: { organizationId: string; now: number },
  { before, after }: { before: ProviderState | null; after: ProviderState },
): Promise<void> {
  if (after.card === null || after.card.id === before?.card?.id) return
  const tried = after.invoices.filter(
    ({ status, attempts }) => (status === 'OPEN' || status === 'UNCOLLECTIBLE') && attempts > 0,
  )
  const ids = tried.map(({ invoiceId }) => invoiceId)
  for (const invoiceId of await openOf(client, organizationId, ids)) {
    await askToPay(client, { organizationId, invoiceId }, { attempt: after.card.id, now })
  }
}
