import Stripe from 'stripe'
import type {
  Buyer,
  PaymentProvider,
  ProviderInvoice,
  ProviderState,
} from '@/lib/payments/payment-provider'
import { findOwn, keyOf, presentInvoice } from '@/lib/payments/stripe/present-invoice'
import { ownInvoices, readStripeState, toProviderInvoice } from '@/lib/payments/stripe/read-state'

export interface StripeProvider extends PaymentProvider {
  readonly stripe: Stripe
}

/** Payments by Stripe. Whatever is not said in the port fails as a StripeError, and can be tried again. */
export function stripeProvider(stripe: Stripe): StripeProvider {
  return {
    stripe,
    ensureCustomer: (buyer) => ensureCustomer(stripe, buyer),
    async updateCustomer(customerId, buyer) {
      await stripe.customers.update(customerId, customerParams(buyer))
    },
    startCardSetup: (customerId, returnUrl) => startCardSetup(stripe, customerId, returnUrl),
    async portalUrl(customer, return_url) {
      const { url } = await stripe.billingPortal.sessions.create({ customer, return_url })
      return url
    },
    presentInvoice: (presentation) => presentInvoice(stripe, presentation),
    async findInvoice(customerId, invoiceId) {
      return (await findOwn(stripe, customerId, invoiceId))?.id ?? null
    },
    readInvoice: (id) => readInvoice(stripe, id),
    payInvoice: (id, attempt) => payInvoice(stripe, id, attempt),
    async lowerInvoice(id, { from, to }) {
      await stripe.creditNotes.create(
        {
          ...{ invoice: id, amount: Number(from - to), email_type: 'none' },
          memo: 'Paid or credited otherwise',
        },
        { idempotencyKey: keyOf(id, `lower/${from}/${to}`) },
      )
    },
    async settleInvoice(id) {
      await stripe.invoices.pay(id, { paid_out_of_band: true })
    },
    voidInvoice: (id) => voidInvoice(stripe, id),
    endCustomer: (customerId) => endCustomer(stripe, customerId),
    readState: (customerId): Promise<ProviderState> => readStripeState(stripe, customerId),
  }
}

function customerParams({ name, email, address }: Buyer) {
  return {
    name,
    ...(email === null ? {} : { email }),
    ...(address === null
      ? {}
      : {
          address: {
            line1: address.line1,
            line2: address.line2,
            city: address.city,
            state: address.region,
            postal_code: address.postalCode,
            country: address.country,
          },
        }),
  }
}

async function ensureCustomer(stripe: Stripe, buyer: Buyer): Promise<string> {
  const { organizationId, name, email } = buyer
  const { id } = await stripe.customers.create(
    { name, ...(email === null ? {} : { email }), metadata: { organization: organizationId } },
    // The same for the same words only: another name is another key, and the caller keeps the first.
    { idempotencyKey: `customer/${organizationId}/${name}/${email ?? ''}`.slice(0, 255) },
  )
  return id
}

async function startCardSetup(stripe: Stripe, customer: string, url: string): Promise<string> {
  const session = await stripe.checkout.sessions.create({
    mode: 'setup',
    // What else Stripe would offer is no card, and could not be charged here.
    allowed_payment_method_types: ['card'],
    customer,
    success_url: url,
    cancel_url: url,
  })
  if (session.url === null) throw new Error('A new session of Checkout has a page.')
  return session.url
}

async function readInvoice(stripe: Stripe, id: string): Promise<ProviderInvoice | null> {
  try {
    const invoice = await stripe.invoices.retrieve(id, { expand: ['payments'] })
    return await toProviderInvoice(stripe, invoice)
  } catch (error) {
    if (isMissing(error)) return null
    throw error
  }
}

async function payInvoice(stripe: Stripe, id: string, attempt: string): Promise<void> {
  const { status } = await stripe.invoices.retrieve(id)
  // Of a draft nothing is owed yet, and paying would make it so.
  if (status !== 'open' && status !== 'uncollectible') return
  try {
    await stripe.invoices.pay(id, {}, { idempotencyKey: keyOf(id, `pay/${attempt}`) })
  } catch (error) {
    // Declined, as the invoice says; or there is nothing to pay by now, or no card to pay it with.
    if (error instanceof Stripe.errors.StripeCardError) return
    if (error instanceof Stripe.errors.StripeInvalidRequestError) return
    throw error
  }
}

async function voidInvoice(stripe: Stripe, id: string): Promise<void> {
  const { status } = await stripe.invoices.retrieve(id)
  if (status === 'draft') await stripe.invoices.del(id)
  if (status === 'open' || status === 'uncollectible') await stripe.invoices.voidInvoice(id)
}

async function endCustomer(stripe: Stripe, customerId: string): Promise<void> {
  for (const { id } of await ownInvoices(stripe, customerId)) await voidInvoice(stripe, id)
}

function isMissing(error: unknown): boolean {
  return (
    error instanceof Stripe.errors.StripeInvalidRequestError && error.code === 'resource_missing'
  )
}
