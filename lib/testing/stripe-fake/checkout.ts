import type Stripe from 'stripe'
import type { FakeAccount } from '@/lib/testing/stripe-fake/account'
import { type CardName, type CardTraits, makeCard } from '@/lib/testing/stripe-fake/cards'
import { LIST_PARAMS, listOf } from '@/lib/testing/stripe-fake/listing'
import { changedMetadata } from '@/lib/testing/stripe-fake/metadata'
import { Params } from '@/lib/testing/stripe-fake/params'
import { invalidRequest, wrongState } from '@/lib/testing/stripe-fake/refusal'
import type { Route } from '@/lib/testing/stripe-fake/route'
import { confirmSetupIntent, createSetupIntent } from '@/lib/testing/stripe-fake/setup-intents'

const DAY = 86_400

export const CHECKOUT_ROUTES: readonly Route[] = [
  {
    on: 'POST /v1/checkout/sessions',
    params: [
      'allowed_payment_method_types',
      'cancel_url',
      'client_reference_id',
      'currency',
      'customer',
      'expand',
      'metadata',
      'mode',
      'setup_intent_data',
      'success_url',
    ],
    run: (account, params) => createSession(account, params),
  },
  {
    on: 'GET /v1/checkout/sessions/:id',
    params: ['expand'],
    run: ({ checkoutSessions }, _, id) => checkoutSessions.find(id),
  },
  {
    on: 'GET /v1/checkout/sessions',
    params: [...LIST_PARAMS, 'customer', 'status'],
    run({ checkoutSessions }, params) {
      const [customer, status] = [params.text('customer'), params.text('status')]
      const found = [...checkoutSessions.values()].filter(
        (one) => (!customer || one.customer === customer) && (!status || one.status === status),
      )
      return listOf(found, params, '/v1/checkout/sessions')
    },
  },
  {
    on: 'POST /v1/checkout/sessions/:id/expire',
    params: ['expand'],
    run(account, _, id) {
      const session = opened(account, id)
      expireSession(account, session)
      return session
    },
  },
]

function createSession(account: FakeAccount, params: Params): Stripe.Checkout.Session {
  if (params.required('mode') !== 'setup') {
    throw invalidRequest('This fake knows the mode setup.', 'mode')
  }
  if (!params.has('currency') && !params.has('allowed_payment_method_types')) {
    throw invalidRequest('Missing required param: currency.', 'currency', 'parameter_missing')
  }
  const successUrl = params.required('success_url')
  const customer = account.customers.find(params.required('customer'), 'customer')
  const intent = params.part('setup_intent_data') ?? new Params()
  const id = account.id('cs_test')
  return account.checkoutSessions.add<Stripe.Checkout.Session>({
    id,
    object: 'checkout.session',
    cancel_url: params.text('cancel_url') ?? null,
    client_reference_id: params.text('client_reference_id') ?? null,
    created: account.now,
    currency: params.text('currency') ?? null,
    customer: customer.id,
    expires_at: account.now + DAY,
    metadata: changedMetadata(null, params),
    mode: 'setup',
    payment_status: 'no_payment_required',
    setup_intent: createSetupIntent(account, customer.id, intent).id,
    status: 'open',
    success_url: successUrl,
    url: `${account.site}/c/pay/${id}`,
    ...NOTHING_OF_IT,
  })
}

function opened(account: FakeAccount, id: string): Stripe.Checkout.Session {
  const session = account.checkoutSessions.find(id)
  if (session.status === 'open') return session
  throw wrongState(`This Session is ${session.status}; it must be open for that.`)
}

/** What a person does on the page: gives a card, and is sent back. The card is charged for nothing yet. */
export function completeCheckout(
  account: FakeAccount,
  id: string,
  card: CardName,
  traits: CardTraits = {},
): Stripe.Checkout.Session {
  const session = opened(account, id)
  confirmSetupIntent(account, String(session.setup_intent), makeCard(account, card, traits))
  session.status = 'complete'
  session.url = null
  account.emit('checkout.session.completed', session)
  return session
}

export function expireSession(account: FakeAccount, session: Stripe.Checkout.Session): void {
  session.status = 'expired'
  session.url = null
  account.emit('checkout.session.expired', session)
}

/** Parts of Checkout that this fake knows nothing of. */
const NOTHING_OF_IT = {
  adaptive_pricing: null,
  after_expiration: null,
  allow_promotion_codes: null,
  allowed_payment_method_types: null,
  amount_subtotal: null,
  amount_total: null,
  automatic_tax: { enabled: false, liability: null, provider: null, status: null },
  billing_address_collection: null,
  client_secret: null,
  collected_information: null,
  consent: null,
  consent_collection: null,
  currency_conversion: null,
  custom_fields: [],
  custom_text: {
    after_submit: null,
    shipping_address: null,
    submit: null,
    terms_of_service_acceptance: null,
  },
  customer_account: null,
  customer_creation: null,
  customer_details: null,
  customer_email: null,
  discounts: null,
  integration_identifier: null,
  invoice: null,
  invoice_creation: null,
  livemode: false,
  locale: null,
  managed_payments: null,
  origin_context: null,
  payment_intent: null,
  payment_link: null,
  payment_method_collection: null,
  payment_method_configuration_details: null,
  payment_method_options: null,
  payment_method_types: ['card'],
  permissions: null,
  recovered_from: null,
  saved_payment_method_options: null,
  shipping_address_collection: null,
  shipping_cost: null,
  shipping_options: [],
  submit_type: null,
  subscription: null,
  total_details: null,
  ui_mode: null,
  wallet_options: null,
} satisfies Partial<Stripe.Checkout.Session>
