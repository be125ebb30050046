import type Stripe from 'stripe'
import type { FakeAccount } from '@/lib/testing/stripe-fake/account'
import { settle } from '@/lib/testing/stripe-fake/collection'
import { cancelOpenPayment, openPayment } from '@/lib/testing/stripe-fake/invoice-payments'
import { LIST_PARAMS, listed, listOf } from '@/lib/testing/stripe-fake/listing'
import { changedMetadata } from '@/lib/testing/stripe-fake/metadata'
import type { Params } from '@/lib/testing/stripe-fake/params'
import { invalidRequest, wrongState } from '@/lib/testing/stripe-fake/refusal'
import type { Route } from '@/lib/testing/stripe-fake/route'

/** Credit before payment: it lowers what remains. This fake gives nothing back that was paid. */
export const CREDIT_NOTE_ROUTES: readonly Route[] = [
  {
    on: 'POST /v1/credit_notes',
    params: [
      'amount',
      'effective_at',
      'email_type',
      'expand',
      'invoice',
      'memo',
      'metadata',
      'reason',
    ],
    run: (account, params) => create(account, params),
  },
  {
    on: 'GET /v1/credit_notes',
    params: [...LIST_PARAMS, 'customer', 'invoice'],
    run({ creditNotes }, params) {
      const [customer, invoice] = [params.text('customer'), params.text('invoice')]
      const found = [...creditNotes.values()].filter(
        (one) => (!customer || one.customer === customer) && (!invoice || one.invoice === invoice),
      )
      return listOf(found, params, '/v1/credit_notes')
    },
  },
  {
    on: 'GET /v1/credit_notes/:id',
    params: ['expand'],
    run: ({ creditNotes }, _, id) => creditNotes.find(id),
  },
]

function create(account: FakeAccount, params: Params): Stripe.CreditNote {
  const invoice = account.invoices.find(params.required('invoice'), 'invoice')
  const amount = params.whole('amount')
  if (amount === undefined || amount < 1) {
    throw invalidRequest('Invalid integer: amount must be positive.', 'amount')
  }
  if (invoice.status !== 'open' && invoice.status !== 'paid') {
    throw wrongState(`Credit notes are for open and paid invoices; this one is ${invoice.status}.`)
  }
  if (amount > invoice.amount_remaining) {
    throw wrongState(
      'The sum of credit amount, refund amount and out of band amount must equal what the credit note exceeds the amount remaining by.',
    )
  }
  const note = account.creditNotes.add(noteOf(account, invoice, { amount, params }))
  invoice.pre_payment_credit_notes_amount += amount
  invoice.amount_due -= amount
  invoice.amount_remaining -= amount
  account.emit('credit_note.created', note)
  if (invoice.amount_remaining === 0) {
    cancelOpenPayment(account, invoice.id, 'void_invoice')
    settle(account, invoice)
  } else {
    lowerPayment(account, invoice)
    account.emit('invoice.updated', invoice)
  }
  return note
}

function lowerPayment(account: FakeAccount, { id, amount_remaining }: Stripe.Invoice): void {
  const open = openPayment(account, id)
  if (!open) return
  open.payment.amount_requested = amount_remaining
  open.intent.amount = amount_remaining
}

function noteOf(
  account: FakeAccount,
  invoice: Stripe.Invoice,
  { amount, params }: { amount: number; params: Params },
): Stripe.CreditNote {
  const id = account.id('cn')
  const before = [...account.creditNotes.values()].filter((one) => one.invoice === invoice.id)
  return {
    id,
    object: 'credit_note',
    amount,
    amount_shipping: 0,
    created: account.now,
    currency: invoice.currency,
    customer: String(invoice.customer),
    customer_account: null,
    customer_balance_transaction: null,
    discount_amount: 0,
    discount_amounts: [],
    effective_at: params.whole('effective_at') ?? account.now,
    invoice: invoice.id,
    lines: listed([], `/v1/credit_notes/${id}/lines`),
    livemode: false,
    memo: params.text('memo') ?? null,
    metadata: changedMetadata(null, params),
    number: `${invoice.number}-CN-${String(before.length + 1).padStart(2, '0')}`,
    out_of_band_amount: null,
    pdf: `${account.site}/credit_notes/${id}/pdf`,
    post_payment_amount: 0,
    pre_payment_amount: amount,
    pretax_credit_amounts: [],
    reason: params.text('reason') ?? null,
    refunds: [],
    shipping_cost: null,
    status: 'issued',
    subtotal: amount,
    subtotal_excluding_tax: amount,
    total: amount,
    total_excluding_tax: amount,
    total_taxes: [],
    type: 'pre_payment',
    voided_at: null,
  }
}
