import Stripe from 'stripe'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  customerWith,
  draftOf,
  giveDefaultCard,
  issued,
} from '@/lib/testing/stripe-fake/invoice-fixture'
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

const countOf = (type: string) => fake.webhooks.queued.filter((event) => event.type === type).length
const read = (id: string, expand: string[] = []) => stripe.invoices.retrieve(id, { expand })

async function declineOf(id: string) {
  const { payments } = await read(id, ['payments.data.payment.payment_intent'])
  const intent = payments?.data[0]?.payment.payment_intent
  if (!intent || typeof intent === 'string') throw new Error('It was expanded.')
  return intent.last_payment_error
}

describe('a card that is declined', () => {
  it('is tried three times more, then the invoice stays open', async () => {
    const customer = await customerWith(stripe, 'pm_card_chargeCustomerFail')
    const { id } = await issued(stripe, customer, [900])
    expect(await read(id)).toMatchObject({
      status: 'open',
      amount_remaining: 900,
      attempted: true,
      attempt_count: 1,
      next_payment_attempt: (START + 3 * DAY) / 1000,
    })
    fake.advanceTo(START + 3 * DAY)
    expect(await read(id)).toMatchObject({
      attempt_count: 2,
      next_payment_attempt: (START + 8 * DAY) / 1000,
    })
    fake.advanceTo(START + 60 * DAY)
    expect(await read(id)).toMatchObject({
      status: 'open',
      attempt_count: 4,
      next_payment_attempt: null,
    })
    expect(countOf('invoice.payment_failed')).toBe(4)
  })

  it('says why on the payment of its invoice, to whoever asks for it by name', async () => {
    const customer = await customerWith(stripe, 'pm_card_chargeCustomerFail')
    const { id } = await issued(stripe, customer, [900])
    expect((await read(id)).payments).toBeUndefined()
    expect(await declineOf(id)).toMatchObject({
      type: 'card_error',
      code: 'card_declined',
      decline_code: 'generic_decline',
      message: 'Your card was declined.',
      payment_method: { card: { last4: '0341' } },
    })
    const [payment] = (await stripe.invoicePayments.list({ invoice: id })).data
    const intent = await stripe.paymentIntents.retrieve(String(payment?.payment.payment_intent))
    expect(intent.last_payment_error?.decline_code).toBe('generic_decline')
  })

  it('makes its customer delinquent until it is made good', async () => {
    const customer = await customerWith(stripe, 'pm_card_chargeCustomerFail')
    const { id } = await issued(stripe, customer, [900])
    expect(await stripe.customers.retrieve(customer)).toMatchObject({ delinquent: true })
    const refused = stripe.invoices.pay(id)
    await expect(refused).rejects.toBeInstanceOf(Stripe.errors.StripeCardError)
    await expect(refused).rejects.toMatchObject({
      code: 'card_declined',
      decline_code: 'generic_decline',
    })
    expect(await read(id)).toMatchObject({ attempt_count: 1 })
    const good = await giveDefaultCard(stripe, customer, 'pm_card_mastercard')
    expect(await stripe.invoices.pay(id)).toMatchObject({ status: 'paid', amount_paid: 900 })
    expect(await stripe.customers.retrieve(customer)).toMatchObject({ delinquent: false })
    await expect(stripe.invoices.pay(id, { payment_method: good })).rejects.toMatchObject({
      code: 'invoice_already_paid',
    })
    fake.advanceTo(START + 60 * DAY)
    expect(countOf('invoice.paid')).toBe(1)
  })

  it('once works when it is tried again', async () => {
    const customer = await customerWith(stripe, 'pm_card_fake_declinesOnce')
    const { id } = await issued(stripe, customer, [900])
    expect((await declineOf(id))?.decline_code).toBe('insufficient_funds')
    fake.advanceTo(START + 3 * DAY)
    expect(await read(id)).toMatchObject({ status: 'paid', attempt_count: 2 })
  })

  it('can be passed over by another one for one invoice', async () => {
    const customer = await customerWith(stripe, 'pm_card_chargeCustomerFail')
    const other = await stripe.paymentMethods.attach('pm_card_visa', { customer })
    const id = await draftOf(stripe, customer, [900])
    await stripe.invoices.update(id, { default_payment_method: other.id })
    await stripe.invoices.finalizeInvoice(id)
    expect((await read(id)).status).toBe('paid')
  })
})

describe('no card at all', () => {
  it('fails as a declined one does, and is refused to whoever asks', async () => {
    const customer = await customerWith(stripe)
    const { id } = await issued(stripe, customer, [900])
    expect(await read(id)).toMatchObject({ status: 'open', attempt_count: 1 })
    expect(await declineOf(id)).toBeNull()
    await expect(stripe.invoices.pay(id)).rejects.toThrow('default_payment_method')
    await giveDefaultCard(stripe, customer, 'pm_card_visa')
    fake.advanceTo(START + 3 * DAY)
    expect((await read(id)).status).toBe('paid')
  })
})

describe('what was paid elsewhere', () => {
  it('counts as paid, and can be told from money only by its payments', async () => {
    const { id } = await issued(stripe, await customerWith(stripe), [900])
    const paid = await stripe.invoices.pay(id, {
      paid_out_of_band: true,
      expand: ['payments', 'amount_paid_off_stripe'],
    })
    expect(paid).toMatchObject({
      status: 'paid',
      amount_paid: 900,
      amount_paid_off_stripe: 900,
      amount_remaining: 0,
    })
    expect(
      paid.payments?.data.map(({ status, amount_paid, payment }) => [
        payment.type,
        status,
        amount_paid,
      ]),
    ).toEqual([
      ['payment_record', 'paid', 900],
      ['payment_intent', 'canceled', null],
    ])
    expect((await read(id)).amount_paid_off_stripe).toBeUndefined()
    expect(countOf('invoice.paid')).toBe(1)
    expect(countOf('invoice.payment_succeeded')).toBe(0)
  })

  it('is nothing where a card paid', async () => {
    const customer = await customerWith(stripe, 'pm_card_visa')
    const { id } = await issued(stripe, customer, [900])
    const paid = await read(id, ['payments', 'amount_paid_off_stripe'])
    expect(paid.amount_paid_off_stripe).toBe(0)
    expect(paid.payments?.data).toMatchObject([
      { status: 'paid', amount_paid: 900, payment: { type: 'payment_intent' } },
    ])
  })
})
