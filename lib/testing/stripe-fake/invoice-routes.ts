import type Stripe from 'stripe'
import type { FakeAccount } from '@/lib/testing/stripe-fake/account'
import { attemptNow, methodFor, payOffStripe } from '@/lib/testing/stripe-fake/collection'
import { ownMethod } from '@/lib/testing/stripe-fake/customers'
import { finalize } from '@/lib/testing/stripe-fake/finalization'
import {
  changeDraft,
  createDraft,
  DRAFT_PARAMS,
  deleteDraft,
  draftById,
} from '@/lib/testing/stripe-fake/invoice-drafts'
import { cancelOpenPayment } from '@/lib/testing/stripe-fake/invoice-payments'
import { LIST_PARAMS, listOf } from '@/lib/testing/stripe-fake/listing'
import { changedMetadata } from '@/lib/testing/stripe-fake/metadata'
import type { Params } from '@/lib/testing/stripe-fake/params'
import { declined, invalidRequest, wrongState } from '@/lib/testing/stripe-fake/refusal'
import type { Route } from '@/lib/testing/stripe-fake/route'

export const INVOICE_ROUTES: readonly Route[] = [
  {
    on: 'POST /v1/invoices',
    params: [...DRAFT_PARAMS, 'currency', 'customer', 'pending_invoice_items_behavior'],
    run: (account, params) => createDraft(account, params),
  },
  {
    on: 'GET /v1/invoices',
    params: [...LIST_PARAMS, 'collection_method', 'customer', 'status'],
    run: (account, params) => listInvoices(account, params),
  },
  {
    on: 'GET /v1/invoices/:id',
    params: ['expand'],
    run: ({ invoices }, _, id) => invoices.find(id),
  },
  {
    on: 'POST /v1/invoices/:id',
    params: DRAFT_PARAMS,
    run: (account, params, id) => update(account, account.invoices.find(id), params),
  },
  {
    on: 'DELETE /v1/invoices/:id',
    params: [],
    run: (account, _, id) => deleteDraft(account, id),
  },
  {
    on: 'POST /v1/invoices/:id/finalize',
    params: ['auto_advance', 'expand'],
    run(account, params, id) {
      const invoice = draftById(account, id)
      invoice.auto_advance = params.flag('auto_advance') ?? invoice.auto_advance ?? false
      finalize(account, invoice)
      return invoice
    },
  },
  {
    on: 'POST /v1/invoices/:id/pay',
    params: ['payment_method', 'paid_out_of_band', 'off_session', 'expand'],
    run: (account, params, id) => pay(account, account.invoices.find(id), params),
  },
  {
    on: 'POST /v1/invoices/:id/void',
    params: ['expand'],
    run(account, _, id) {
      const invoice = owed(account.invoices.find(id))
      cancelOpenPayment(account, id, 'void_invoice')
      invoice.status = 'void'
      invoice.next_payment_attempt = null
      invoice.status_transitions.voided_at = account.now
      account.emit('invoice.voided', invoice)
      account.emit('invoice.updated', invoice)
      return invoice
    },
  },
  {
    on: 'POST /v1/invoices/:id/mark_uncollectible',
    params: ['expand'],
    run(account, _, id) {
      const invoice = owed(account.invoices.find(id))
      invoice.status = 'uncollectible'
      invoice.next_payment_attempt = null
      invoice.status_transitions.marked_uncollectible_at = account.now
      account.emit('invoice.marked_uncollectible', invoice)
      return invoice
    },
  },
]

function listInvoices({ invoices }: FakeAccount, params: Params): object {
  const [customer, status] = [params.text('customer'), params.text('status')]
  const method = params.text('collection_method')
  const found = [...invoices.values()].filter(
    (one) =>
      (!customer || one.customer === customer) &&
      (!status || one.status === status) &&
      (!method || one.collection_method === method),
  )
  return listOf(found, params, '/v1/invoices')
}

/** Of what was finalised only the collection and the metadata can be changed. */
function update(account: FakeAccount, invoice: Stripe.Invoice, params: Params): Stripe.Invoice {
  if (invoice.status === 'draft') changeDraft(account, invoice, params)
  else {
    const frozen = params.names.find((name) => !EDITABLE.includes(name))
    if (frozen !== undefined) {
      throw wrongState(
        `Finalized invoices can't be updated in this way (${frozen}).`,
        'invoice_not_editable',
      )
    }
    invoice.metadata = changedMetadata(invoice.metadata, params)
    invoice.auto_advance = params.flag('auto_advance') ?? invoice.auto_advance ?? false
    if (!invoice.auto_advance) invoice.next_payment_attempt = null
    const method = params.text('default_payment_method')
    if (method) {
      const param = 'default_payment_method'
      invoice.default_payment_method = ownMethod(account, String(invoice.customer), {
        method,
        param,
      })
    }
  }
  account.emit('invoice.updated', invoice)
  return invoice
}

const EDITABLE: readonly string[] = ['auto_advance', 'default_payment_method', 'expand', 'metadata']

function owed(invoice: Stripe.Invoice): Stripe.Invoice {
  if (invoice.status === 'open' || invoice.status === 'uncollectible') return invoice
  throw wrongState(`This invoice is ${invoice.status}; it must be open for that.`)
}

/** Charges an invoice, finalising it first where it is a draft still. */
function pay(account: FakeAccount, invoice: Stripe.Invoice, params: Params): Stripe.Invoice {
  if (invoice.status === 'draft') finalize(account, invoice)
  if (invoice.status === 'paid') throw wrongState('Invoice is already paid', 'invoice_already_paid')
  owed(invoice)
  if (params.flag('paid_out_of_band')) {
    payOffStripe(account, invoice)
    return invoice
  }
  const chosen = params.text('payment_method')
  const param = 'payment_method'
  const method = chosen
    ? ownMethod(account, String(invoice.customer), { method: chosen, param })
    : methodFor(account, invoice)
  if (method === null) {
    throw invalidRequest(
      'There is no `default_payment_method` set on this Customer or Invoice. Please attach a payment method.',
    )
  }
  const decline = attemptNow(account, invoice, method)
  if (decline !== null) throw declined(decline)
  return invoice
}
