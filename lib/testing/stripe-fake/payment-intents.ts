import type Stripe from 'stripe'
import type { FakeAccount } from '@/lib/testing/stripe-fake/account'
import { LIST_PARAMS, listOf } from '@/lib/testing/stripe-fake/listing'
import type { Decline } from '@/lib/testing/stripe-fake/refusal'
import type { Route } from '@/lib/testing/stripe-fake/route'

export const PAYMENT_INTENT_ROUTES: readonly Route[] = [
  {
    on: 'GET /v1/payment_intents/:id',
    params: ['expand'],
    run: ({ paymentIntents }, _, id) => paymentIntents.find(id),
  },
  {
    on: 'GET /v1/payment_intents',
    params: [...LIST_PARAMS, 'customer'],
    run({ paymentIntents }, params) {
      const customer = params.text('customer')
      const found = [...paymentIntents.values()].filter(
        (one) => !customer || one.customer === customer,
      )
      return listOf(found, params, '/v1/payment_intents')
    },
  },
]

/** What an invoice is charged by, made when it is finalised. */
export function addPaymentIntent(
  account: FakeAccount,
  { customer, amount_due, currency, number }: Stripe.Invoice,
): Stripe.PaymentIntent {
  const id = account.id('pi')
  const intent = account.paymentIntents.add<Stripe.PaymentIntent>({
    id,
    object: 'payment_intent',
    ...NOTHING_OF_IT,
    amount: amount_due,
    amount_capturable: 0,
    amount_received: 0,
    canceled_at: null,
    cancellation_reason: null,
    capture_method: 'automatic',
    client_secret: `${id}_secret_fake`,
    confirmation_method: 'automatic',
    created: account.now,
    currency,
    customer,
    description: `Payment for Invoice ${number}`,
    last_payment_error: null,
    livemode: false,
    metadata: {},
    payment_method: null,
    payment_method_types: ['card'],
    status: 'requires_payment_method',
  })
  account.emit('payment_intent.created', intent)
  return intent
}

/** The error stays on it until the next attempt: this is where a decline can be read of later. */
export function failIntent(
  account: FakeAccount,
  intent: Stripe.PaymentIntent,
  { method, decline }: { method: string; decline: Decline },
): void {
  intent.status = 'requires_payment_method'
  intent.last_payment_error = {
    type: 'card_error',
    code: 'card_declined',
    decline_code: decline.code,
    message: decline.message,
    payment_method: account.paymentMethods.find(method),
  }
  account.emit('payment_intent.payment_failed', intent)
}

export function succeedIntent(
  account: FakeAccount,
  intent: Stripe.PaymentIntent,
  method: string,
): void {
  intent.status = 'succeeded'
  intent.amount_received = intent.amount
  intent.payment_method = method
  intent.last_payment_error = null
  account.emit('payment_intent.succeeded', intent)
}

export function cancelIntent(
  account: FakeAccount,
  intent: Stripe.PaymentIntent,
  reason: Stripe.PaymentIntent.CancellationReason,
): void {
  intent.status = 'canceled'
  intent.canceled_at = account.now
  intent.cancellation_reason = reason
  account.emit('payment_intent.canceled', intent)
}

/** Parts of payment intents that this fake knows nothing of. */
const NOTHING_OF_IT = {
  allowed_payment_method_types: null,
  application: null,
  application_fee_amount: null,
  automatic_payment_methods: null,
  customer_account: null,
  excluded_payment_method_types: null,
  latest_charge: null,
  managed_payments: null,
  next_action: null,
  on_behalf_of: null,
  payment_method_configuration_details: null,
  payment_method_options: null,
  payment_record: null,
  processing: null,
  receipt_email: null,
  review: null,
  setup_future_usage: null,
  shipping: null,
  source: null,
  statement_descriptor: null,
  statement_descriptor_suffix: null,
  transfer_group: null,
} satisfies Partial<Stripe.PaymentIntent>
