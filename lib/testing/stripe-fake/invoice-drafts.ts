import type Stripe from 'stripe'
import type { FakeAccount } from '@/lib/testing/stripe-fake/account'
import { ownMethod } from '@/lib/testing/stripe-fake/customers'
import { listed } from '@/lib/testing/stripe-fake/listing'
import { changedMetadata } from '@/lib/testing/stripe-fake/metadata'
import { newInvoice } from '@/lib/testing/stripe-fake/new-invoice'
import type { Params } from '@/lib/testing/stripe-fake/params'
import { invalidRequest, wrongState } from '@/lib/testing/stripe-fake/refusal'

const HOUR = 3600
const NUMBER_MAX = 26
const FIELDS_MAX = 4
const FIELD_NAME_MAX = 40
const FIELD_VALUE_MAX = 140

/** What may be said of a draft, when it is made and later. */
export const DRAFT_PARAMS = [
  'auto_advance',
  'collection_method',
  'custom_fields',
  'days_until_due',
  'default_payment_method',
  'description',
  'effective_at',
  'expand',
  'footer',
  'metadata',
  'number',
]

export function createDraft(account: FakeAccount, params: Params): Stripe.Invoice {
  const customer = account.customers.find(params.required('customer'), 'customer')
  if ((params.text('pending_invoice_items_behavior') ?? 'exclude') !== 'exclude') {
    throw invalidRequest(
      'This fake has no pending items to include.',
      'pending_invoice_items_behavior',
    )
  }
  const currency = params.text('currency') ?? customer.currency ?? 'usd'
  const draft = newInvoice(account, customer, currency)
  changeDraft(account, draft, params)
  account.invoices.add(draft)
  account.emit('invoice.created', draft)
  return draft
}

/** @throws Refusal where there is none, or it is a draft no longer */
export function draftById(account: FakeAccount, id: string, param = 'id'): Stripe.Invoice {
  const invoice = account.invoices.find(id, param)
  if (invoice.status === 'draft') return invoice
  throw wrongState(
    `This invoice is ${invoice.status}; only a draft can be edited.`,
    'invoice_not_editable',
  )
}

export function changeDraft(account: FakeAccount, draft: Stripe.Invoice, params: Params): void {
  for (const name of ['description', 'footer'] as const) {
    if (params.has(name)) draft[name] = params.text(name) || null
  }
  if (params.has('custom_fields')) draft.custom_fields = customFields(params)
  draft.metadata = changedMetadata(draft.metadata, params)
  draft.effective_at = params.whole('effective_at') ?? draft.effective_at
  const number = params.text('number')
  if (number !== undefined) draft.number = freeNumber(account, draft, number)
  const method = params.text('default_payment_method')
  if (method !== undefined) {
    const param = 'default_payment_method'
    const owner = String(draft.customer)
    draft.default_payment_method =
      method === '' ? null : ownMethod(account, owner, { method, param })
  }
  changeCollection(account, draft, params)
}

function changeCollection(account: FakeAccount, draft: Stripe.Invoice, params: Params): void {
  const collection = params.text('collection_method') ?? draft.collection_method
  if (collection !== 'charge_automatically' && collection !== 'send_invoice') {
    throw invalidRequest('Invalid collection_method', 'collection_method')
  }
  draft.collection_method = collection
  const days = params.whole('days_until_due')
  if ((days !== undefined) !== (collection === 'send_invoice') && params.has('collection_method')) {
    throw invalidRequest(
      'Only sent invoices have days_until_due, and all of them do.',
      'days_until_due',
    )
  }
  if (days !== undefined) draft.due_date = account.now + days * 24 * HOUR
  draft.auto_advance = params.flag('auto_advance') ?? draft.auto_advance ?? false
  // Whoever leaves a draft half made has it finalised all the same.
  draft.automatically_finalizes_at = draft.auto_advance ? draft.created + HOUR : null
}

function freeNumber(account: FakeAccount, draft: Stripe.Invoice, number: string): string {
  if (number.length > NUMBER_MAX) {
    throw invalidRequest(`Invalid string: must be at most ${NUMBER_MAX} characters`, 'number')
  }
  const holder = [...account.invoices.values()].find(
    (one) => one.number === number && one.id !== draft.id,
  )
  if (holder) throw invalidRequest(`The number ${number} is ${holder.id}'s already.`, 'number')
  return number
}

function customFields(params: Params): Stripe.Invoice.CustomField[] | null {
  const fields = params.list('custom_fields').map((one) => ({
    name: one.required('name'),
    value: one.required('value'),
  }))
  const isTooLong = ({ name, value }: Stripe.Invoice.CustomField) =>
    name.length > FIELD_NAME_MAX || value.length > FIELD_VALUE_MAX
  if (fields.length > FIELDS_MAX || fields.some(isTooLong)) {
    throw invalidRequest(
      `Up to ${FIELDS_MAX} fields, names of ${FIELD_NAME_MAX} and values of ${FIELD_VALUE_MAX} characters.`,
      'custom_fields',
    )
  }
  return fields.length === 0 ? null : fields
}

/** Adds its lines up anew. */
export function total(account: FakeAccount, draft: Stripe.Invoice): void {
  const lines = [...account.invoiceLines.values()].filter(({ invoice }) => invoice === draft.id)
  const sum = lines.reduce((cents, { amount }) => cents + amount, 0)
  draft.lines = listed(lines, `/v1/invoices/${draft.id}/lines`)
  draft.subtotal = sum
  draft.subtotal_excluding_tax = sum
  draft.total = sum
  draft.total_excluding_tax = sum
  draft.amount_due = Math.max(0, sum + draft.starting_balance)
  draft.amount_remaining = draft.amount_due
}

export function deleteDraft(account: FakeAccount, id: string): object {
  const draft = draftById(account, id)
  for (const kind of [account.invoiceItems, account.invoiceLines]) {
    for (const [key, { invoice }] of kind) if (invoice === id) kind.delete(key)
  }
  account.invoices.delete(id)
  account.emit('invoice.deleted', draft)
  return { id, object: 'invoice', deleted: true }
}
