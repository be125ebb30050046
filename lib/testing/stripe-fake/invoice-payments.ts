import type Stripe from 'stripe'
import type { FakeAccount } from '@/lib/testing/stripe-fake/account'
import { LIST_PARAMS, listOf } from '@/lib/testing/stripe-fake/listing'
import { addPaymentIntent, cancelIntent } from '@/lib/testing/stripe-fake/payment-intents'
import type { Route } from '@/lib/testing/stripe-fake/route'

/** What was paid on invoices, and how: by a card (`payment_intent`) or outside of Stripe (`payment_record`). */
export const INVOICE_PAYMENT_ROUTES: readonly Route[] = [
  {
    on: 'GET /v1/invoice_payments',
    params: [...LIST_PARAMS, 'invoice', 'status', 'payment'],
    run(account, params) {
      const [invoice, status] = [params.text('invoice'), params.text('status')]
      const payment = params.part('payment')
      const [type, intent] = [payment?.text('type'), payment?.text('payment_intent')]
      const found = [...account.invoicePayments.values()].filter(
        (one) =>
          (!invoice || one.invoice === invoice) &&
          (!status || one.status === status) &&
          (!type || one.payment.type === type) &&
          (!intent || one.payment.payment_intent === intent),
      )
      return listOf(found, params, '/v1/invoice_payments')
    },
  },
  {
    on: 'GET /v1/invoice_payments/:id',
    params: ['expand'],
    run: ({ invoicePayments }, _, id) => invoicePayments.find(id),
  },
]

/** The newest first. */
export function paymentsOf(
  { invoicePayments }: FakeAccount,
  invoiceId: string,
): Stripe.InvoicePayment[] {
  return [...invoicePayments.values()].filter(({ invoice }) => invoice === invoiceId).reverse()
}

/** What came by another way than Stripe. It is in the invoice's `amount_paid` too. */
export function offStripeCents(account: FakeAccount, invoiceId: string): number {
  return paymentsOf(account, invoiceId)
    .filter(({ payment }) => payment.type === 'payment_record')
    .reduce((sum, { amount_paid }) => sum + (amount_paid ?? 0), 0)
}

/** The payment that comes with finalising, and follows what remains to be paid. */
export function addDefaultPayment(account: FakeAccount, invoice: Stripe.Invoice): void {
  const intent = addPaymentIntent(account, invoice)
  add(account, invoice, { type: 'payment_intent', payment_intent: intent.id }, true)
}

/** The default payment that is still to be made, and what it is charged by; null where there is none. */
export function openPayment(
  account: FakeAccount,
  invoiceId: string,
): { payment: Stripe.InvoicePayment; intent: Stripe.PaymentIntent } | null {
  const payment = paymentsOf(account, invoiceId).find(({ status }) => status === 'open')
  if (!payment) return null
  return { payment, intent: account.paymentIntents.find(String(payment.payment.payment_intent)) }
}

export function markPaid(account: FakeAccount, payment: Stripe.InvoicePayment): void {
  payment.status = 'paid'
  payment.amount_paid = payment.amount_requested
  payment.status_transitions.paid_at = account.now
  account.emit('invoice_payment.paid', payment)
}

/** Nothing more is charged for the invoice. */
export function cancelOpenPayment(
  account: FakeAccount,
  invoiceId: string,
  reason: Stripe.PaymentIntent.CancellationReason,
): void {
  const open = openPayment(account, invoiceId)
  if (!open) return
  open.payment.status = 'canceled'
  open.payment.status_transitions.canceled_at = account.now
  cancelIntent(account, open.intent, reason)
}

/** Notes that somebody says it was paid elsewhere. */
export function addOffStripePayment(account: FakeAccount, invoice: Stripe.Invoice): void {
  const record = { type: 'payment_record', payment_record: account.id('pr') }
  markPaid(account, add(account, invoice, record, false))
}

function add(
  account: FakeAccount,
  { id, amount_remaining, currency }: Stripe.Invoice,
  payment: Stripe.InvoicePayment.Payment,
  isDefault: boolean,
): Stripe.InvoicePayment {
  return account.invoicePayments.add<Stripe.InvoicePayment>({
    id: account.id('inpay'),
    object: 'invoice_payment',
    amount_paid: null,
    amount_requested: amount_remaining,
    created: account.now,
    currency,
    invoice: id,
    is_default: isDefault,
    livemode: false,
    payment,
    status: 'open',
    status_transitions: { canceled_at: null, paid_at: null },
  })
}
