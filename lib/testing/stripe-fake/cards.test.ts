import type Stripe from 'stripe'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { completeCheckout } from '@/lib/testing/stripe-fake/checkout'
import { type StripeFake, startStripeFake } from '@/lib/testing/stripe-fake/stripe-fake'

const DAY = 86_400_000
const START = Date.UTC(2026, 0, 31, 10)

let fake: StripeFake
let stripe: Stripe
beforeEach(async () => {
  fake = await startStripeFake(START)
  stripe = fake.client({ maxNetworkRetries: 0 })
})
afterEach(() => fake.close())

const types = () => fake.webhooks.queued.map(({ type }) => type)

describe('a card', () => {
  it('is set up on a page of Stripe, and becomes the default by an update', async () => {
    const customer = await stripe.customers.create({})
    const session = await stripe.checkout.sessions.create({
      mode: 'setup',
      currency: 'usd',
      customer: customer.id,
      success_url: 'https://example.test/done',
    })
    expect(session).toMatchObject({ status: 'open', payment_status: 'no_payment_required' })
    completeCheckout(fake.account, session.id, 'pm_card_visa', {
      expiresMonth: 3,
      expiresYear: 2027,
    })
    const done = await stripe.checkout.sessions.retrieve(session.id, { expand: ['setup_intent'] })
    const intent = done.setup_intent
    if (intent === null || typeof intent === 'string') throw new Error('It was expanded.')
    expect(intent.status).toBe('succeeded')
    await stripe.customers.update(customer.id, {
      invoice_settings: { default_payment_method: String(intent.payment_method) },
    })
    const [card] = (await stripe.customers.listPaymentMethods(customer.id)).data
    expect(card?.card).toMatchObject({ last4: '4242', exp_month: 3, exp_year: 2027 })
    expect(types()).toEqual(
      expect.arrayContaining([
        'payment_method.attached',
        'setup_intent.succeeded',
        'checkout.session.completed',
      ]),
    )
    await stripe.paymentMethods.detach(card?.id ?? '')
    expect(await stripe.customers.retrieve(customer.id)).toMatchObject({
      invoice_settings: { default_payment_method: null },
    })
    expect(types().slice(-2)).toEqual(['payment_method.detached', 'customer.updated'])
  })

  it('is not set up on a page that is a day old, or was used', async () => {
    const { id: customer } = await stripe.customers.create({})
    const open = () =>
      stripe.checkout.sessions.create({
        mode: 'setup',
        currency: 'usd',
        customer,
        success_url: 'https://example.test/done',
      })
    const [used, old] = [await open(), await open()]
    completeCheckout(fake.account, used.id, 'pm_card_visa')
    expect(() => completeCheckout(fake.account, used.id, 'pm_card_visa')).toThrow('complete')
    fake.advanceTo(START + DAY)
    expect((await stripe.checkout.sessions.retrieve(old.id)).status).toBe('expired')
    expect(() => completeCheckout(fake.account, old.id, 'pm_card_visa')).toThrow('expired')
  })

  it('of one customer is nobody else’s', async () => {
    const [own, other] = [await stripe.customers.create({}), await stripe.customers.create({})]
    const card = await stripe.paymentMethods.attach('pm_card_visa', { customer: own.id })
    await expect(
      stripe.paymentMethods.attach(card.id, { customer: other.id }),
    ).rejects.toMatchObject({ statusCode: 400 })
    await expect(
      stripe.customers.update(other.id, { invoice_settings: { default_payment_method: card.id } }),
    ).rejects.toMatchObject({ code: 'resource_missing' })
  })

  it('is changed in the portal as well', async () => {
    const { id } = await stripe.customers.create({})
    const { url, flow } = await stripe.billingPortal.sessions.create({
      customer: id,
      return_url: 'https://example.test/billing',
      flow_data: { type: 'payment_method_update' },
    })
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/p\/session\/bps_/)
    expect(flow?.type).toBe('payment_method_update')
  })
})
