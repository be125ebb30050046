import type Stripe from 'stripe'
import type { FakeAccount } from '@/lib/testing/stripe-fake/account'
import { LIST_PARAMS, listOf } from '@/lib/testing/stripe-fake/listing'
import { changedMetadata } from '@/lib/testing/stripe-fake/metadata'
import type { Params } from '@/lib/testing/stripe-fake/params'
import { invalidRequest } from '@/lib/testing/stripe-fake/refusal'
import type { Route } from '@/lib/testing/stripe-fake/route'

const CUSTOMER_PARAMS = [
  'address',
  'description',
  'email',
  'expand',
  'invoice_settings',
  'metadata',
  'name',
  'phone',
  'preferred_locales',
  'tax_exempt',
]

/** Of both sides of the border: what is checked is the form, as Stripe does before it asks anybody. */
const TAX_ID_FORMS: Record<string, RegExp> = {
  eu_vat: /^[A-Z]{2}[0-9A-Z]{8,12}$/,
  us_ein: /^\d{2}-\d{7}$/,
  gb_vat: /^GB\d{9}$/,
}

export const CUSTOMER_ROUTES: readonly Route[] = [
  {
    on: 'POST /v1/customers',
    params: [...CUSTOMER_PARAMS, 'tax_id_data'],
    run: (account, params) => create(account, params),
  },
  {
    on: 'GET /v1/customers',
    params: [...LIST_PARAMS, 'email'],
    run: ({ customers }, params) => {
      const email = params.text('email')
      const found = [...customers.values()].filter((one) => !email || one.email === email)
      return listOf(found, params, '/v1/customers')
    },
  },
  {
    on: 'GET /v1/customers/:id',
    params: ['expand'],
    run: ({ customers }, _, id) => customers.find(id),
  },
  {
    on: 'POST /v1/customers/:id',
    params: CUSTOMER_PARAMS,
    run(account, params, id) {
      const customer = account.customers.find(id)
      change(account, customer, params)
      account.emit('customer.updated', customer)
      return customer
    },
  },
  {
    on: 'POST /v1/customers/:id/tax_ids',
    params: ['type', 'value', 'expand'],
    run: (account, params, id) => addTaxId(account, account.customers.find(id), params),
  },
  {
    on: 'GET /v1/customers/:id/tax_ids',
    params: LIST_PARAMS,
    run({ customers, taxIds }, params, id) {
      const customer = customers.find(id)
      const own = [...taxIds.values()].filter((one) => one.customer === customer.id)
      return listOf(own, params, `/v1/customers/${id}/tax_ids`)
    },
  },
  {
    on: 'DELETE /v1/customers/:id/tax_ids/:second',
    params: [],
    run(account, _, id, second) {
      account.customers.find(id)
      const taxId = account.taxIds.find(second)
      account.taxIds.delete(second)
      account.emit('customer.tax_id.deleted', taxId)
      return { id: second, object: 'tax_id', deleted: true }
    },
  },
]

function create(account: FakeAccount, params: Params): Stripe.Customer {
  const id = account.id('cus')
  const customer = account.customers.add<Stripe.Customer>({
    id,
    object: 'customer',
    address: null,
    balance: 0,
    created: account.now,
    currency: null,
    default_source: null,
    delinquent: false,
    description: null,
    email: null,
    invoice_prefix: id.slice(-8).toUpperCase(),
    invoice_settings: {
      custom_fields: null,
      default_payment_method: null,
      footer: null,
      rendering_options: null,
    },
    livemode: false,
    metadata: {},
    name: null,
    phone: null,
    preferred_locales: [],
    shipping: null,
    tax_exempt: 'none',
    test_clock: null,
  })
  change(account, customer, params)
  account.emit('customer.created', customer)
  for (const taxId of params.list('tax_id_data')) addTaxId(account, customer, taxId)
  return customer
}

function change(account: FakeAccount, customer: Stripe.Customer, params: Params): void {
  for (const name of ['description', 'email', 'name', 'phone'] as const) {
    if (params.has(name)) customer[name] = params.text(name) || null
  }
  if (params.text('address') === '') customer.address = null
  const address = params.part('address')
  if (address) {
    const line = (name: string) => address.text(name) || null
    customer.address = {
      city: line('city'),
      country: line('country'),
      line1: line('line1'),
      line2: line('line2'),
      postal_code: line('postal_code'),
      state: line('state'),
    }
  }
  if (params.has('preferred_locales'))
    customer.preferred_locales = params.texts('preferred_locales')
  const exempt = params.text('tax_exempt')
  if (exempt !== undefined) customer.tax_exempt = exempt || 'none'
  customer.metadata = changedMetadata(customer.metadata, params)
  const method = params.part('invoice_settings')?.text('default_payment_method')
  if (method === undefined) return
  const param = 'invoice_settings[default_payment_method]'
  customer.invoice_settings.default_payment_method =
    method === '' ? null : ownMethod(account, customer.id, { method, param })
}

/** @throws Refusal where the card is another customer's, or nobody's */
export function ownMethod(
  account: FakeAccount,
  customerId: string,
  { method, param }: { method: string; param: string },
): string {
  if (account.paymentMethods.find(method, param).customer === customerId) return method
  throw invalidRequest(
    `The customer does not have a payment method with the ID ${method}. The payment method must be attached to the customer.`,
    param,
    'resource_missing',
  )
}

function addTaxId(account: FakeAccount, customer: Stripe.Customer, params: Params): Stripe.TaxId {
  const type = params.required('type')
  const value = params.required('value')
  if (TAX_ID_FORMS[type]?.test(value) === false) {
    throw invalidRequest(`Invalid value for ${type}.`, 'value', 'tax_id_invalid')
  }
  const taxId = account.taxIds.add<Stripe.TaxId>({
    id: account.id('txi'),
    object: 'tax_id',
    country: /^[A-Z]{2}/.exec(value)?.[0] ?? type.slice(0, 2).toUpperCase(),
    created: account.now,
    customer: customer.id,
    customer_account: null,
    livemode: false,
    owner: { type: 'customer', customer: customer.id, customer_account: null },
    type,
    value,
    verification: { status: 'pending', verified_address: null, verified_name: null },
  })
  account.emit('customer.tax_id.created', taxId)
  return taxId
}
