import type Stripe from 'stripe'
import type { Presentation } from '@/lib/payments/payment-provider'
import { ourId, ownInvoices } from '@/lib/payments/stripe/read-state'

/** Wherever it was broken off, presenting goes on with what is there; Stripe gives the same answer to the same key. */

/**
 * Shows an invoice of ours as one of Stripe's, item by item, and has it charged.
 * @returns its id
 * @throws Error where it would come to anything but what is owed
 */
export async function presentInvoice(stripe: Stripe, wish: Presentation): Promise<string> {
  const found = wish.isRetry ? await findOwn(stripe, wish.customerId, wish.invoiceId) : null
  const draft = found ?? (await create(stripe, wish))
  if (draft.status !== 'draft') return draft.id
  await addItems(stripe, draft.id, wish)
  await adjust(stripe, draft.id, wish)
  if (!(await wish.isStillOwed())) return draft.id
  // Without a key of its own: an invoice is finalized once, and an error would be answered again for a day.
  await stripe.invoices.finalizeInvoice(draft.id, { auto_advance: true })
  return draft.id
}

/** What an invoice of ours is at Stripe; null where it is not. The list is up to date, unlike Stripe's search. */
export async function findOwn(
  stripe: Stripe,
  customerId: string,
  invoiceId: string,
): Promise<Stripe.Invoice | null> {
  const own = await ownInvoices(stripe, customerId)
  return own.find((invoice) => ourId(invoice) === invoiceId) ?? null
}

/** So long as it is a draft nobody is charged: it must not go on by itself before it is complete. */
function create(
  stripe: Stripe,
  { customerId, organizationId, invoiceId, number }: Presentation,
): Promise<Stripe.Invoice> {
  return stripe.invoices.create(
    {
      customer: customerId,
      currency: 'usd',
      collection_method: 'charge_automatically',
      auto_advance: false,
      pending_invoice_items_behavior: 'exclude',
      number,
      metadata: { invoice: invoiceId, organization: organizationId },
    },
    { idempotencyKey: keyOf(invoiceId, 'create') },
  )
}

async function addItems(
  stripe: Stripe,
  invoice: string,
  { customerId: customer, invoiceId, items, isRetry }: Presentation,
): Promise<void> {
  const known = isRetry ? await itemsOf(stripe, invoice) : new Set<string>()
  for (const [place, { description, cents }] of items.entries()) {
    const item = String(place)
    if (known.has(item)) continue
    await stripe.invoiceItems.create(
      {
        ...{ customer, invoice, description, currency: 'usd', amount: Number(cents) },
        metadata: { item },
      },
      { idempotencyKey: keyOf(invoiceId, `item/${item}`) },
    )
  }
}

async function itemsOf(stripe: Stripe, invoice: string): Promise<Set<string>> {
  const lines = await stripe.invoices
    .listLineItems(invoice, { limit: 100 })
    .autoPagingToArray({ limit: 1000 })
  return new Set(lines.flatMap(({ metadata }) => metadata.item ?? []))
}

/** Of what was paid or credited since it was issued nothing may be charged. */
async function adjust(stripe: Stripe, id: string, wish: Presentation): Promise<void> {
  const { customerId: customer, invoiceId, owedCents } = wish
  const { total } = await stripe.invoices.retrieve(id)
  const amount = Number(owedCents) - total
  if (amount !== 0) {
    await stripe.invoiceItems.create(
      {
        ...{ customer, invoice: id, amount, currency: 'usd' },
        description: 'Paid or credited before',
      },
      { idempotencyKey: keyOf(invoiceId, `adjust/${total}/${owedCents}`) },
    )
  }
  const complete = await stripe.invoices.retrieve(id)
  if (BigInt(complete.amount_due) === owedCents) return
  throw new Error(
    `The invoice ${id} at Stripe comes to ${complete.amount_due} cents, where ${owedCents} are owed.`,
  )
}

export function keyOf(invoiceId: string, step: string): string {
  return `invoice/${invoiceId}/${step}`
}
