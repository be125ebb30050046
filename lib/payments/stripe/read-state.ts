import type Stripe from 'stripe'
import type { Card, ProviderInvoice, ProviderState } from '@/lib/payments/payment-provider'

const PAGE = 100
/** No customer has so many; beyond it something is wrong. */
const INVOICES_MAX = 10_000

/** Everything of a customer as Stripe has it now. @throws StripeError */
export async function readStripeState(stripe: Stripe, customerId: string): Promise<ProviderState> {
  const [customer, invoices] = await Promise.all([
    stripe.customers.retrieve(customerId, { expand: ['invoice_settings.default_payment_method'] }),
    ownInvoices(stripe, customerId),
  ])
  const intents = await newestIntents(stripe, customerId, invoices)
  const read = await Promise.all(
    invoices.map((invoice) => toProviderInvoice(stripe, invoice, intents)),
  )
  return {
    card: customer.deleted ? null : cardOf(customer.invoice_settings.default_payment_method),
    invoices: read.sort(byInvoice),
  }
}

/** Those of the customer that are invoices of ours, whatever else somebody made there. */
export async function ownInvoices(stripe: Stripe, customer: string): Promise<Stripe.Invoice[]> {
  const all = await stripe.invoices
    .list({ customer, limit: PAGE, expand: ['data.payments'] })
    .autoPagingToArray({ limit: INVOICES_MAX })
  return all.filter((invoice) => ourId(invoice) !== null)
}

type Intents = ReadonlyMap<string, Stripe.PaymentIntent>

/** Why invoices could not be charged, read by one call instead of one for each. */
async function newestIntents(
  stripe: Stripe,
  customer: string,
  invoices: readonly Stripe.Invoice[],
): Promise<Intents> {
  if (!invoices.some((invoice) => isOwed(invoice) && invoice.attempt_count > 0)) return new Map()
  const { data } = await stripe.paymentIntents.list({ customer, limit: PAGE })
  return new Map(data.map((intent) => [intent.id, intent]))
}

function isOwed({ status }: Stripe.Invoice): boolean {
  return status === 'open' || status === 'uncollectible'
}

export function ourId({ metadata }: Stripe.Invoice): string | null {
  return metadata?.invoice ?? null
}

/**
 * @param invoice with its payments expanded
 * @param intents that were read already
 */
export async function toProviderInvoice(
  stripe: Stripe,
  invoice: Stripe.Invoice,
  intents: Intents = new Map(),
): Promise<ProviderInvoice> {
  const payments = await paymentsOf(stripe, invoice)
  const collected = payments.filter(isCollected)
  const paidAt = collected.map(({ status_transitions }) => (status_transitions.paid_at ?? 0) * 1000)
  const status = STATUS[invoice.status ?? 'draft'] ?? 'DRAFT'
  const isOpen = isOwed(invoice)
  return {
    id: invoice.id,
    invoiceId: ourId(invoice) ?? '',
    status,
    paidCents: collected.reduce((sum, { amount_paid }) => sum + BigInt(amount_paid ?? 0), 0n),
    paidAt: paidAt.length > 0 ? Math.max(...paidAt) : null,
    remainingCents: isOpen || status === 'DRAFT' ? BigInt(invoice.amount_remaining) : 0n,
    attempts: invoice.attempt_count,
    nextAttemptAt:
      isOpen && invoice.next_payment_attempt !== null ? invoice.next_payment_attempt * 1000 : null,
    declineReason:
      isOpen && invoice.attempt_count > 0 ? await declineReason(stripe, payments, intents) : null,
    hostedUrl: invoice.hosted_invoice_url ?? null,
  }
}

/** By a card or an account at Stripe; a payment record says that somebody paid elsewhere. */
function isCollected({ status, payment }: Stripe.InvoicePayment): boolean {
  return status === 'paid' && (payment.type === 'payment_intent' || payment.type === 'charge')
}

/** An invoice comes with its first payments only. */
async function paymentsOf(
  stripe: Stripe,
  { id, payments }: Stripe.Invoice,
): Promise<Stripe.InvoicePayment[]> {
  if (payments && !payments.has_more) return payments.data
  return stripe.invoicePayments
    .list({ invoice: id, limit: PAGE })
    .autoPagingToArray({ limit: INVOICES_MAX })
}

async function declineReason(
  stripe: Stripe,
  payments: readonly Stripe.InvoicePayment[],
  intents: Intents,
): Promise<string | null> {
  const open = payments.find(({ status, is_default }) => status === 'open' && is_default)
  const intent = open?.payment.payment_intent
  if (intent === undefined) return null
  const id = typeof intent === 'string' ? intent : intent.id
  const found = intents.get(id) ?? (await stripe.paymentIntents.retrieve(id))
  const { last_payment_error: error, status } = found
  if (status === 'requires_action') return 'The bank wants the payment to be confirmed.'
  return error ? (error.message ?? 'The card was declined.') : null
}

function cardOf(method: string | Stripe.PaymentMethod | null): Card | null {
  if (method === null || typeof method === 'string' || !method.card) return null
  const { brand, last4, exp_month, exp_year } = method.card
  return { id: method.id, brand, last4, expiresMonth: exp_month, expiresYear: exp_year }
}

const STATUS: Record<string, ProviderInvoice['status']> = {
  draft: 'DRAFT',
  open: 'OPEN',
  paid: 'PAID',
  void: 'VOID',
  uncollectible: 'UNCOLLECTIBLE',
}

function byInvoice(one: ProviderInvoice, other: ProviderInvoice): number {
  if (one.invoiceId === other.invoiceId) return one.id < other.id ? -1 : 1
  return one.invoiceId < other.invoiceId ? -1 : 1
}
