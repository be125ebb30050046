import type pg from 'pg'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import { type LedgerDocument, requireDocument } from '@/lib/invoices/invoice-ledger'
import { findBuyer } from '@/lib/payments/buyer'
import { finishTask, readTask, type Task } from '@/lib/payments/collection-store'
import type { Collector } from '@/lib/payments/collector'
import type { PaymentProvider, ProviderInvoice } from '@/lib/payments/payment-provider'
import { presentedItems } from '@/lib/payments/presented-items'
import { findState } from '@/lib/payments/provider-state'

/** Of less than this Stripe charges no card. */
export const LEAST_CENTS = 50n

/** What is to be done at the provider, so that it agrees with our invoice. */
export type Step =
  | { do: 'PRESENT' }
  | { do: 'VOID'; note: string | null }
  | { do: 'SETTLE' }
  | { do: 'LOWER'; from: bigint; to: bigint }
  | { do: 'NOTHING'; note: string | null }

const NOTHING: Step = { do: 'NOTHING', note: null }

/** Compares an invoice of ours with what the provider has of it. */
export function stepFor(
  { state, owedCents }: Pick<LedgerDocument, 'state' | 'owedCents'>,
  theirs: Pick<ProviderInvoice, 'status' | 'remainingCents'> | null,
): Step {
  if (theirs === null || theirs.status === 'DRAFT') {
    if (owedCents >= LEAST_CENTS) return { do: 'PRESENT' }
    const note = owedCents === 0n ? null : 'Cards are not charged for less than 50 cents.'
    // A draft was begun while more was owed: nobody ever completes it.
    return theirs ? { do: 'VOID', note } : { do: 'NOTHING', note }
  }
  if (theirs.status === 'PAID' || theirs.status === 'VOID') return NOTHING
  if (state === 'VOID') return { do: 'VOID', note: null }
  if (owedCents < LEAST_CENTS) return { do: 'SETTLE' }
  // Where more is owed than it wants, it has collected what is not recorded yet.
  if (owedCents >= theirs.remainingCents) return NOTHING
  return { do: 'LOWER', from: theirs.remainingCents, to: owedCents }
}

/**
 * Brings the provider into agreement with one of our invoices. Two at once do it one after the other: the second finds
 * nothing to do. Whatever fails leaves the task as it was, and can be done again.
 * @returns the customer whose state is to be read anew
 */
export async function tell(
  collector: Pick<Collector, 'db' | 'provider'>,
  task: Task,
): Promise<string> {
  return sqlTransaction(collector.db.pool, async (client) => {
    const customerId = await holdCustomerOf(client, task.organizationId)
    const current = await readTask(client, task)
    if (!current) return customerId
    const outcome = await agree(client, collector.provider, current, customerId)
    await finishTask(client, current, outcome)
    return customerId
  })
}

async function agree(
  client: pg.PoolClient,
  provider: PaymentProvider,
  task: Task,
  customerId: string,
): Promise<{ providerInvoiceId: string | null; note: string | null }> {
  const { organizationId, invoiceId, isRetry, payAsked } = task
  const ours = await requireDocument(client, organizationId, invoiceId)
  const known =
    task.providerInvoiceId ?? (isRetry ? await provider.findInvoice(customerId, invoiceId) : null)
  const theirs = known === null ? null : await provider.readInvoice(known)
  const step = stepFor(ours, theirs)
  const id =
    step.do === 'PRESENT'
      ? await present(client, provider, { ours, task, customerId })
      : (theirs?.id ?? null)
  if (id !== null) await carryOut(provider, id, step)
  if (id !== null && payAsked !== null && (await mayCharge(client, ours))) {
    await provider.payInvoice(id, payAsked)
  }
  return { providerInvoiceId: id, note: 'note' in step ? step.note : null }
}

/** Whether there is a card, and just what the provider was told is still owed. */
async function mayCharge(
  client: pg.PoolClient,
  { organizationId, id, owedCents }: LedgerDocument,
): Promise<boolean> {
  if (owedCents < LEAST_CENTS) return false
  const state = await findState(client, organizationId)
  if (!state?.card) return false
  return (await requireDocument(client, organizationId, id)).owedCents === owedCents
}

async function carryOut(provider: PaymentProvider, id: string, step: Step): Promise<void> {
  if (step.do === 'VOID') await provider.voidInvoice(id)
  if (step.do === 'SETTLE') await provider.settleInvoice(id)
  if (step.do === 'LOWER') await provider.lowerInvoice(id, step)
}

async function present(
  client: pg.PoolClient,
  provider: PaymentProvider,
  { ours, task, customerId }: { ours: LedgerDocument; task: Task; customerId: string },
): Promise<string> {
  const { organizationId, id: invoiceId, snapshot, owedCents } = ours
  await provider.updateCustomer(customerId, await findBuyer(client, organizationId))
  return provider.presentInvoice({
    ...{ customerId, organizationId, invoiceId, owedCents },
    number: snapshot.number,
    items: presentedItems(snapshot),
    isRetry: task.isRetry,
    isStillOwed: async () =>
      (await requireDocument(client, organizationId, invoiceId)).owedCents === owedCents,
  })
}

async function holdCustomerOf(client: pg.PoolClient, organizationId: string): Promise<string> {
  await client.query("SET LOCAL lock_timeout = '60s'")
  const { rows } = await client.query<{ id: string }>(
    'SELECT customer_id AS id FROM billing.provider_customer WHERE organization_id = $1 FOR UPDATE',
    [organizationId],
  )
  if (!rows[0]) throw new Error('The organization is no customer of the provider.')
  return rows[0].id
}
