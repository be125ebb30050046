import type Stripe from 'stripe'
import type { FakeAccount } from '@/lib/testing/stripe-fake/account'
import { settle } from '@/lib/testing/stripe-fake/collection'
import { addDefaultPayment } from '@/lib/testing/stripe-fake/invoice-payments'
import { ofCustomer } from '@/lib/testing/stripe-fake/new-invoice'

/** Stripe charges no less; a smaller sum waits on the customer's balance for the next invoice. */
const LEAST_CENTS = 50

/** Gives a draft its number and what it asks for: from now on it is owed, or paid where it asks for nothing. */
export function finalize(account: FakeAccount, invoice: Stripe.Invoice): void {
  const customer = account.customers.find(String(invoice.customer))
  const before = customer.balance
  // A balance below 0 is credit, above 0 it is owed.
  const owed = before + invoice.total
  const due = owed >= LEAST_CENTS ? owed : 0
  customer.balance = due > 0 ? 0 : owed
  Object.assign(invoice, ofCustomer(customer), {
    number: invoice.number ?? nextNumber(account, customer),
    status: 'open',
    automatically_finalizes_at: null,
    effective_at: invoice.effective_at ?? account.now,
    starting_balance: before,
    ending_balance: customer.balance,
    amount_due: due,
    amount_remaining: due,
    hosted_invoice_url: `${account.site}/i/${invoice.id}`,
    invoice_pdf: `${account.site}/i/${invoice.id}/pdf`,
  } satisfies Partial<Stripe.Invoice>)
  invoice.status_transitions.finalized_at = account.now
  account.emit('invoice.finalized', invoice)
  account.emit('invoice.updated', invoice)
  if (customer.balance !== before) account.emit('customer.updated', customer)
  if (due === 0) {
    settle(account, invoice)
    account.emit('invoice.payment_succeeded', invoice)
    return
  }
  addDefaultPayment(account, invoice)
  if (invoice.auto_advance && invoice.collection_method === 'charge_automatically') {
    invoice.next_payment_attempt = account.now + account.rules.chargeAfterSeconds
  }
}

function nextNumber(account: FakeAccount, { id, invoice_prefix }: Stripe.Customer): string {
  const issued = [...account.invoices.values()].filter(
    ({ customer, status }) => customer === id && status !== 'draft',
  )
  return `${invoice_prefix}-${String(issued.length + 1).padStart(4, '0')}`
}
