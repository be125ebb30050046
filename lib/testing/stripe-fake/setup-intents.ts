import type Stripe from 'stripe'
import type { FakeAccount } from '@/lib/testing/stripe-fake/account'
import { changedMetadata } from '@/lib/testing/stripe-fake/metadata'
import type { Params } from '@/lib/testing/stripe-fake/params'
import { attach } from '@/lib/testing/stripe-fake/payment-methods'
import { noSuch, wrongState } from '@/lib/testing/stripe-fake/refusal'
import type { Route } from '@/lib/testing/stripe-fake/route'

export const SETUP_INTENT_ROUTES: readonly Route[] = [
  {
    on: 'GET /v1/setup_intents/:id',
    params: ['expand'],
    run: ({ setupIntents }, _, id) => setupIntents.find(id),
  },
  {
    on: 'POST /v1/setup_intents/:id/cancel',
    params: ['cancellation_reason', 'expand'],
    run(account, params, id) {
      const intent = account.setupIntents.find(id)
      if (intent.status === 'succeeded') {
        throw wrongState('You cannot cancel this SetupIntent because it has succeeded.')
      }
      intent.status = 'canceled'
      intent.cancellation_reason = params.text('cancellation_reason') ?? null
      account.emit('setup_intent.canceled', intent)
      return intent
    },
  },
]

/** @param params what is said of it where it is wanted, such as metadata */
export function createSetupIntent(
  account: FakeAccount,
  customer: string,
  params: Params,
): Stripe.SetupIntent {
  const id = account.id('seti')
  const intent = account.setupIntents.add<Stripe.SetupIntent>({
    id,
    object: 'setup_intent',
    allowed_payment_method_types: null,
    application: null,
    automatic_payment_methods: null,
    cancellation_reason: null,
    client_secret: `${id}_secret_fake`,
    created: account.now,
    customer,
    customer_account: null,
    description: null,
    excluded_payment_method_types: null,
    flow_directions: null,
    last_setup_error: null,
    latest_attempt: null,
    livemode: false,
    mandate: null,
    metadata: changedMetadata(null, params),
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: null,
    payment_method_types: ['card'],
    single_use_mandate: null,
    status: 'requires_payment_method',
    usage: 'off_session',
  })
  account.emit('setup_intent.created', intent)
  return intent
}

/** What a person does in the browser: the card is checked and becomes the customer's. */
export function confirmSetupIntent(
  account: FakeAccount,
  id: string,
  method: Stripe.PaymentMethod,
): Stripe.SetupIntent {
  const intent = account.setupIntents.find(id)
  if (intent.status !== 'requires_payment_method') throw noSuch('setupintent to confirm', id)
  intent.payment_method = method.id
  intent.status = 'succeeded'
  if (typeof intent.customer === 'string') attach(account, method, intent.customer)
  account.emit('setup_intent.succeeded', intent)
  return intent
}
