import type Stripe from 'stripe'
import type { CardName } from '@/lib/testing/stripe-fake/cards'

/** A customer who is charged by this card from now on; without one, by none. */
export async function customerWith(stripe: Stripe, card?: CardName): Promise<string> {
  const { id } = await stripe.customers.create({})
  if (card) await giveDefaultCard(stripe, id, card)
  return id
}

export async function giveDefaultCard(
  stripe: Stripe,
  customer: string,
  card: CardName,
): Promise<string> {
  const method = await stripe.paymentMethods.attach(card, { customer })
  await stripe.customers.update(customer, {
    invoice_settings: { default_payment_method: method.id },
  })
  return method.id
}

/** A draft with an item for each amount, as an invoice of another biller is presented. */
export async function draftOf(
  stripe: Stripe,
  customer: string,
  cents: readonly number[],
): Promise<string> {
  const { id } = await stripe.invoices.create({
    customer,
    collection_method: 'charge_automatically',
    auto_advance: true,
    pending_invoice_items_behavior: 'exclude',
  })
  for (const amount of cents) {
    const description = `Section of ${amount}`
    await stripe.invoiceItems.create({
      customer,
      invoice: id,
      amount,
      currency: 'usd',
      description,
    })
  }
  return id
}

/** The same, issued: what is due on it is due at once. @returns it as it is after that */
export async function issued(
  stripe: Stripe,
  customer: string,
  cents: readonly number[],
): Promise<Stripe.Invoice> {
  const id = await draftOf(stripe, customer, cents)
  await stripe.invoices.finalizeInvoice(id)
  return stripe.invoices.retrieve(id)
}
