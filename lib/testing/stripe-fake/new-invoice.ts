import type Stripe from 'stripe'
import type { FakeAccount } from '@/lib/testing/stripe-fake/account'
import { listed } from '@/lib/testing/stripe-fake/listing'

/** An invoice without lines that nobody owes yet, and nobody keeps. */
export function newInvoice(
  account: FakeAccount,
  customer: Stripe.Customer,
  currency: string,
): Stripe.Invoice {
  const id = account.id('in')
  return {
    id,
    object: 'invoice',
    ...NOTHING_YET,
    ...NOTHING_OF_IT,
    ...ofCustomer(customer),
    created: account.now,
    currency,
    lines: listed([], `/v1/invoices/${id}/lines`),
    period_end: account.now,
    period_start: account.now,
    starting_balance: customer.balance,
    // Parts that change are each invoice's own.
    metadata: {},
    payment_settings: {
      default_mandate: null,
      payment_method_options: null,
      payment_method_types: null,
    },
    status_transitions: {
      finalized_at: null,
      marked_uncollectible_at: null,
      paid_at: null,
      voided_at: null,
    },
  }
}

/** Of the customer as it is now; from finalising on it stays so. */
export function ofCustomer(customer: Stripe.Customer) {
  return {
    customer: customer.id,
    customer_account: null,
    customer_address: customer.address ?? null,
    customer_email: customer.email,
    customer_name: customer.name ?? null,
    customer_phone: customer.phone ?? null,
    customer_shipping: null,
    customer_tax_exempt: customer.tax_exempt ?? null,
    customer_tax_ids: [],
  } satisfies Partial<Stripe.Invoice>
}

/** What comes with its lines, its finalising and its payment. */
const NOTHING_YET = {
  amount_due: 0,
  amount_overpaid: 0,
  amount_paid: 0,
  amount_remaining: 0,
  attempt_count: 0,
  attempted: false,
  auto_advance: false,
  automatically_finalizes_at: null,
  billing_reason: 'manual',
  collection_method: 'charge_automatically',
  custom_fields: null,
  default_payment_method: null,
  description: null,
  due_date: null,
  effective_at: null,
  ending_balance: null,
  footer: null,
  hosted_invoice_url: null,
  invoice_pdf: null,
  last_finalization_error: null,
  next_payment_attempt: null,
  number: null,
  post_payment_credit_notes_amount: 0,
  pre_payment_credit_notes_amount: 0,
  status: 'draft',
  subtotal: 0,
  subtotal_excluding_tax: 0,
  total: 0,
  total_excluding_tax: 0,
} satisfies Partial<Stripe.Invoice>

/** Parts of invoices that this fake knows nothing of. */
const NOTHING_OF_IT = {
  account_country: 'US',
  account_name: 'Fake account',
  account_tax_ids: null,
  amount_shipping: 0,
  application: null,
  automatic_tax: {
    disabled_reason: null,
    enabled: false,
    liability: null,
    provider: null,
    status: null,
  },
  default_source: null,
  default_tax_rates: [],
  discounts: [],
  from_invoice: null,
  issuer: { type: 'self' },
  latest_revision: null,
  livemode: false,
  on_behalf_of: null,
  parent: null,
  receipt_number: null,
  rendering: null,
  shipping_cost: null,
  shipping_details: null,
  statement_descriptor: null,
  test_clock: null,
  total_discount_amounts: [],
  total_pretax_credit_amounts: [],
  total_taxes: [],
  webhooks_delivered_at: null,
} satisfies Partial<Stripe.Invoice>
