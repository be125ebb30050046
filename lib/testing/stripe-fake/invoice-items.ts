import Stripe from 'stripe'
import type { FakeAccount } from '@/lib/testing/stripe-fake/account'
import { draftById, total } from '@/lib/testing/stripe-fake/invoice-drafts'
import { PAGE_PARAMS, pageOf } from '@/lib/testing/stripe-fake/listing'
import { changedMetadata } from '@/lib/testing/stripe-fake/metadata'
import type { Params } from '@/lib/testing/stripe-fake/params'
import { invalidRequest, wrongState } from '@/lib/testing/stripe-fake/refusal'
import type { Route } from '@/lib/testing/stripe-fake/route'

const ITEMS_MAX = 250

/** What drafts are made of. This fake adds items to a draft only, never to whatever invoice comes next. */
export const INVOICE_ITEM_ROUTES: readonly Route[] = [
  {
    on: 'POST /v1/invoiceitems',
    params: [
      'amount',
      'currency',
      'customer',
      'description',
      'discountable',
      'expand',
      'invoice',
      'metadata',
      'period',
    ],
    run: (account, params) => addItem(account, params),
  },
  {
    on: 'GET /v1/invoiceitems/:id',
    params: ['expand'],
    run: ({ invoiceItems }, _, id) => invoiceItems.find(id),
  },
  {
    on: 'DELETE /v1/invoiceitems/:id',
    params: [],
    run(account, _, id) {
      const item = account.invoiceItems.find(id)
      const invoice = draftById(account, String(item.invoice))
      for (const line of account.invoiceLines.values()) {
        if (line.parent?.invoice_item_details?.invoice_item === id)
          account.invoiceLines.delete(line.id)
      }
      account.invoiceItems.delete(id)
      total(account, invoice)
      return { id, object: 'invoiceitem', deleted: true }
    },
  },
  {
    on: 'GET /v1/invoices/:id/lines',
    params: PAGE_PARAMS,
    run(account, params, id) {
      const invoice = account.invoices.find(id)
      const lines = [...account.invoiceLines.values()].filter((line) => line.invoice === invoice.id)
      return pageOf(lines, params, `/v1/invoices/${id}/lines`)
    },
  },
]

function addItem(account: FakeAccount, params: Params): Stripe.InvoiceItem {
  const customer = account.customers.find(params.required('customer'), 'customer')
  const currency = params.required('currency')
  const amount = params.whole('amount')
  if (amount === undefined) {
    throw invalidRequest('Missing required param: amount.', 'amount', 'parameter_missing')
  }
  const invoice = draftById(account, params.required('invoice'), 'invoice')
  if (invoice.customer !== customer.id) {
    throw invalidRequest('The invoice belongs to another customer.', 'invoice')
  }
  if (invoice.currency !== currency) {
    throw invalidRequest(`The invoice is in ${invoice.currency}, not ${currency}.`, 'currency')
  }
  const siblings = [...account.invoiceItems.values()].filter((one) => one.invoice === invoice.id)
  if (siblings.length >= ITEMS_MAX) {
    throw wrongState(`An invoice has up to ${ITEMS_MAX} items.`)
  }
  const item = account.invoiceItems.add(itemOf(account, invoice, { amount, params }))
  account.invoiceLines.add(lineOf(account, invoice.id, item))
  total(account, invoice)
  account.emit('invoiceitem.created', item)
  return item
}

function itemOf(
  account: FakeAccount,
  invoice: Stripe.Invoice,
  { amount, params }: { amount: number; params: Params },
): Stripe.InvoiceItem {
  const period = params.part('period')
  return {
    id: account.id('ii'),
    object: 'invoiceitem',
    amount,
    currency: invoice.currency,
    customer: String(invoice.customer),
    customer_account: null,
    date: account.now,
    description: params.text('description') ?? null,
    discountable: params.flag('discountable') ?? amount >= 0,
    discounts: [],
    invoice: invoice.id,
    livemode: false,
    metadata: changedMetadata(null, params),
    parent: null,
    period: {
      start: period?.whole('start') ?? account.now,
      end: period?.whole('end') ?? account.now,
    },
    pricing: { type: 'price_details', unit_amount_decimal: Stripe.Decimal.from(amount) },
    proration: false,
    quantity: 1,
    quantity_decimal: Stripe.Decimal.from(1),
    tax_rates: [],
    test_clock: null,
  }
}

function lineOf(
  account: FakeAccount,
  invoice: string,
  item: Stripe.InvoiceItem,
): Stripe.InvoiceLineItem {
  return {
    id: account.id('il'),
    object: 'line_item',
    amount: item.amount,
    currency: item.currency,
    description: item.description,
    discount_amounts: [],
    discountable: item.discountable,
    discounts: [],
    invoice,
    livemode: false,
    metadata: item.metadata ?? {},
    parent: {
      type: 'invoice_item_details',
      invoice_item_details: {
        invoice_item: item.id,
        proration: false,
        proration_details: null,
        subscription: null,
      },
      subscription_item_details: null,
    },
    period: item.period,
    pretax_credit_amounts: [],
    pricing: item.pricing,
    quantity: item.quantity,
    quantity_decimal: item.quantity_decimal,
    subscription: null,
    subtotal: item.amount,
    taxes: [],
  }
}
