import type Stripe from 'stripe'
import type { FakeAccount } from '@/lib/testing/stripe-fake/account'
import { isCardName, makeCard } from '@/lib/testing/stripe-fake/cards'
import { LIST_PARAMS, listOf } from '@/lib/testing/stripe-fake/listing'
import { wrongState } from '@/lib/testing/stripe-fake/refusal'
import type { Route } from '@/lib/testing/stripe-fake/route'

export const PAYMENT_METHOD_ROUTES: readonly Route[] = [
  {
    on: 'GET /v1/payment_methods',
    params: [...LIST_PARAMS, 'customer', 'type'],
    run(account, params) {
      const customer = params.text('customer')
      const found = customer
        ? cardsOf(account, customer)
        : [...account.paymentMethods.values()].filter((one) => one.customer === null)
      return listOf(found, params, '/v1/payment_methods')
    },
  },
  {
    on: 'GET /v1/payment_methods/:id',
    params: ['expand'],
    run: ({ paymentMethods }, _, id) => paymentMethods.find(id),
  },
  {
    on: 'GET /v1/customers/:id/payment_methods',
    params: [...LIST_PARAMS, 'type', 'allow_redisplay'],
    run(account, params, id) {
      const customer = account.customers.find(id)
      return listOf(cardsOf(account, customer.id), params, `/v1/customers/${id}/payment_methods`)
    },
  },
  {
    on: 'POST /v1/payment_methods/:id/attach',
    params: ['customer', 'expand'],
    run(account, params, id) {
      const customer = account.customers.find(params.required('customer'), 'customer')
      const method = isCardName(id) ? makeCard(account, id) : account.paymentMethods.find(id)
      return attach(account, method, customer.id)
    },
  },
  {
    on: 'POST /v1/payment_methods/:id/detach',
    params: ['expand'],
    run: (account, _, id) => detach(account, account.paymentMethods.find(id)),
  },
]

/** The oldest first. */
export function cardsOf(
  { paymentMethods }: FakeAccount,
  customerId: string,
): Stripe.PaymentMethod[] {
  return [...paymentMethods.values()].filter((one) => one.customer === customerId)
}

export function attach(
  account: FakeAccount,
  method: Stripe.PaymentMethod,
  customerId: string,
): Stripe.PaymentMethod {
  if (method.customer !== null && method.customer !== customerId) {
    throw wrongState('The payment method you provided has already been attached to a customer.')
  }
  method.customer = customerId
  account.emit('payment_method.attached', method)
  return method
}

/** Takes a card from its customer, by the API or in the portal. It can never be charged again. */
export function detach(account: FakeAccount, method: Stripe.PaymentMethod): Stripe.PaymentMethod {
  if (method.customer === null) {
    throw wrongState('The payment method you provided is not attached to a customer.')
  }
  const customer = account.customers.find(String(method.customer))
  method.customer = null
  account.emit('payment_method.detached', method, { customer: customer.id })
  const { invoice_settings } = customer
  if (invoice_settings.default_payment_method === method.id) {
    invoice_settings.default_payment_method = null
    account.emit('customer.updated', customer)
  }
  return method
}
