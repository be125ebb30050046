import type Stripe from 'stripe'
import type { FakeAccount } from '@/lib/testing/stripe-fake/account'
import type { Params } from '@/lib/testing/stripe-fake/params'
import type { Route } from '@/lib/testing/stripe-fake/route'

/** The page on which customers look after their cards. */
export const PORTAL_ROUTES: readonly Route[] = [
  {
    on: 'POST /v1/billing_portal/sessions',
    params: ['configuration', 'customer', 'expand', 'flow_data', 'locale', 'return_url'],
    run: (account, params) => createPortalSession(account, params),
  },
]

function createPortalSession(account: FakeAccount, params: Params): Stripe.BillingPortal.Session {
  const customer = account.customers.find(params.required('customer'), 'customer')
  const type = params.part('flow_data')?.required('type')
  const id = account.id('bps')
  return account.portalSessions.add<Stripe.BillingPortal.Session>({
    id,
    object: 'billing_portal.session',
    configuration: params.text('configuration') ?? 'bpc_fake',
    created: account.now,
    customer: customer.id,
    customer_account: null,
    flow: type
      ? {
          after_completion: { hosted_confirmation: null, redirect: null, type: 'portal_homepage' },
          customer_update: null,
          subscription_cancel: null,
          subscription_pause: null,
          subscription_update: null,
          subscription_update_confirm: null,
          type,
        }
      : null,
    livemode: false,
    locale: params.text('locale') ?? null,
    on_behalf_of: null,
    return_url: params.text('return_url') ?? null,
    url: `${account.site}/p/session/${id}`,
  })
}
