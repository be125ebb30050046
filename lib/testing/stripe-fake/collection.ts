import type Stripe from 'stripe'
import type { FakeAccount } from '@/lib/testing/stripe-fake/account'
import { chargeCard } from '@/lib/testing/stripe-fake/cards'
import {
  addOffStripePayment,
  cancelOpenPayment,
  markPaid,
  openPayment,
} from '@/lib/testing/stripe-fake/invoice-payments'
import { failIntent, succeedIntent } from '@/lib/testing/stripe-fake/payment-intents'
import type { Decline } from '@/lib/testing/stripe-fake/refusal'

const DAY = 86_400

/** The card that is charged for an invoice: its own, or else its customer's default. */
export function methodFor(account: FakeAccount, invoice: Stripe.Invoice): string | null {
  const customer = account.customers.find(String(invoice.customer))
  const method = invoice.default_payment_method ?? customer.invoice_settings.default_payment_method
  const found = typeof method === 'string' ? account.paymentMethods.get(method) : undefined
  return found?.customer === customer.id ? found.id : null
}

/** The attempts that Stripe makes by itself. Without a card they fail as well. */
export function attemptDue(account: FakeAccount, invoice: Stripe.Invoice): void {
  countAttempt(account, invoice)
  const method = methodFor(account, invoice)
  if (method !== null && charge(account, invoice, method) === null) return
  setDelinquent(account, invoice, true)
  account.emit('invoice.payment_failed', invoice)
  account.emit('invoice.updated', invoice)
}

/** An attempt that somebody asks for. It counts only where it is the first one of all. @returns why not */
export function attemptNow(
  account: FakeAccount,
  invoice: Stripe.Invoice,
  method: string,
): Decline | null {
  if (invoice.attempt_count === 0) countAttempt(account, invoice)
  const decline = charge(account, invoice, method)
  if (decline === null) return null
  account.emit('invoice.payment_failed', invoice)
  account.emit('invoice.updated', invoice)
  return decline
}

function countAttempt({ now, rules }: FakeAccount, invoice: Stripe.Invoice): void {
  const days = rules.retryDays[invoice.attempt_count]
  const isRetried = days !== undefined && invoice.auto_advance
  invoice.attempted = true
  invoice.attempt_count++
  invoice.next_payment_attempt = isRetried ? now + days * DAY : null
}

function charge(account: FakeAccount, invoice: Stripe.Invoice, method: string): Decline | null {
  const open = openPayment(account, invoice.id)
  if (!open) throw new Error(`${invoice.id} is open without a payment.`)
  const decline = chargeCard(account, method)
  if (decline !== null) {
    failIntent(account, open.intent, { method, decline })
    return decline
  }
  succeedIntent(account, open.intent, method)
  markPaid(account, open.payment)
  invoice.amount_paid += open.payment.amount_requested
  settle(account, invoice)
  account.emit('invoice.payment_succeeded', invoice)
  return null
}

/** Takes the word of whoever says that it was paid elsewhere. It counts as paid, though no money came here. */
export function payOffStripe(account: FakeAccount, invoice: Stripe.Invoice): void {
  cancelOpenPayment(account, invoice.id, 'void_invoice')
  addOffStripePayment(account, invoice)
  invoice.amount_paid += invoice.amount_remaining
  settle(account, invoice)
}

/** Nothing is owed on it any more, however that came. */
export function settle(account: FakeAccount, invoice: Stripe.Invoice): void {
  invoice.status = 'paid'
  invoice.amount_remaining = 0
  invoice.next_payment_attempt = null
  invoice.status_transitions.paid_at = account.now
  setDelinquent(account, invoice, false)
  account.emit('invoice.paid', invoice)
  account.emit('invoice.updated', invoice)
}

/** Of the customer's latest invoice that changed. */
function setDelinquent(account: FakeAccount, invoice: Stripe.Invoice, isSo: boolean): void {
  const customer = account.customers.find(String(invoice.customer))
  if (customer.delinquent === isSo) return
  customer.delinquent = isSo
  account.emit('customer.updated', customer)
}
