import Stripe from 'stripe'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
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

describe('a call', () => {
  it('is carried out once by idempotency key, and its key stands for these parameters only', async () => {
    const options = { idempotencyKey: 'customer-1' }
    const first = await stripe.customers.create({ email: 'a@example.test' }, options)
    const second = await stripe.customers.create({ email: 'a@example.test' }, options)
    expect(second.id).toBe(first.id)
    expect(fake.account.customers.size).toBe(1)
    const other = stripe.customers.create({ email: 'b@example.test' }, options)
    await expect(other).rejects.toBeInstanceOf(Stripe.errors.StripeIdempotencyError)
    await expect(other).rejects.toMatchObject({ statusCode: 400 })
  })

  it('is carried out again by the same key a day later', async () => {
    const create = () => stripe.customers.create({}, { idempotencyKey: 'customer-1' })
    const { id } = await create()
    fake.advanceTo(START + DAY - 1)
    expect((await create()).id).toBe(id)
    fake.advanceTo(START + DAY)
    expect((await create()).id).not.toBe(id)
  })

  it('that came too late keeps its refusal for its key, one that was wrong in itself does not', async () => {
    const { id: customer } = await stripe.customers.create({})
    const { id } = await stripe.invoices.create({ customer })
    const options = { idempotencyKey: 'void-1' }
    await expect(stripe.invoices.voidInvoice(id, {}, options)).rejects.toThrow('draft')
    await stripe.invoices.finalizeInvoice(id)
    await expect(stripe.invoices.voidInvoice(id, {}, options)).rejects.toThrow('draft')
    const wrong: object = { invented: 1 }
    const again = { idempotencyKey: 'customer-2' }
    await expect(stripe.customers.create(wrong, again)).rejects.toThrow('invented')
    expect((await stripe.customers.create({}, again)).object).toBe('customer')
  })

  it('with a parameter that nobody knows, of nothing that is there, or without a key is refused', async () => {
    const invented: object = { colour: 'red' }
    await expect(stripe.customers.create(invented)).rejects.toMatchObject({
      type: 'StripeInvalidRequestError',
      code: 'parameter_unknown',
      param: 'colour',
    })
    await expect(stripe.invoices.retrieve('in_none')).rejects.toMatchObject({
      statusCode: 404,
      code: 'resource_missing',
    })
    await expect(stripe.coupons.list()).rejects.toMatchObject({ statusCode: 404 })
    const stranger = new Stripe('sk_test_other', { ...address(), maxNetworkRetries: 0 })
    await expect(stranger.customers.list()).rejects.toBeInstanceOf(
      Stripe.errors.StripeAuthenticationError,
    )
  })

  it('reads lists by pages, the newest first, and expands ids', async () => {
    for (let made = 0; made < 25; made++) await stripe.customers.create({ name: `${made}` })
    const names: (string | null | undefined)[] = []
    for await (const { name } of stripe.customers.list({ limit: 10 })) names.push(name)
    expect(names).toEqual(Array.from({ length: 25 }, (_, place) => `${24 - place}`))
    const customer = await stripe.customers.create({})
    await stripe.paymentMethods.attach('pm_card_visa', { customer: customer.id })
    const { data } = await stripe.paymentMethods.list({
      customer: customer.id,
      expand: ['data.customer'],
    })
    expect(data[0]?.customer).toMatchObject({ id: customer.id, object: 'customer' })
    await expect(
      stripe.invoices.list({ expand: ['data.payments.data.payment.payment_intent'] }),
    ).rejects.toThrow('4 levels')
  })

  it('changes customers part by part, and knows the form of tax ids', async () => {
    const address = { line1: 'Main St 1', city: 'Springfield', country: 'US' }
    const { id } = await stripe.customers.create({ address, metadata: { a: '1', b: '2' } })
    await stripe.customers.update(id, { name: 'Acme', metadata: { b: '' } })
    expect(await stripe.customers.retrieve(id)).toMatchObject({
      name: 'Acme',
      address: { ...address, postal_code: null },
      metadata: { a: '1' },
    })
    await expect(
      stripe.customers.createTaxId(id, { type: 'eu_vat', value: '12' }),
    ).rejects.toMatchObject({ code: 'tax_id_invalid' })
    const taxId = await stripe.customers.createTaxId(id, { type: 'eu_vat', value: 'DE123456789' })
    expect((await stripe.customers.listTaxIds(id)).data).toMatchObject([{ country: 'DE' }])
    await stripe.customers.deleteTaxId(id, taxId.id)
    expect((await stripe.customers.listTaxIds(id)).data).toEqual([])
  })
})

const address = () => ({ host: fake.host, port: fake.port, protocol: 'http' }) as const

describe('a fault', () => {
  it('before a call leaves nothing, and the SDK tries again', async () => {
    const patient = fake.client({ maxNetworkRetries: 2 })
    fake.faults.next(1, 'server error')
    fake.faults.next(1, 'rate limit')
    expect((await patient.customers.create({ name: 'Acme' })).name).toBe('Acme')
    expect(fake.account.customers.size).toBe(1)
    fake.faults.next(1, 'server error')
    await expect(stripe.customers.create({})).rejects.toMatchObject({ statusCode: 500 })
    expect(fake.account.customers.size).toBe(1)
  })

  it.each(['reset after', 'server error after', 'timeout after'] as const)(
    '(%s) loses the answer, not the call: tried again, it is carried out once',
    async (fault) => {
      const patient = fake.client({ maxNetworkRetries: 1, timeout: 1500 })
      fake.faults.next(1, fault, (on) => on.startsWith('POST'))
      await patient.customers.create({ name: 'Acme' })
      expect(fake.account.customers.size).toBe(1)
    },
  )

  it('of the connection is told as such where nobody tries again', async () => {
    const hasty = fake.client({ maxNetworkRetries: 0, timeout: 1500 })
    fake.faults.next(1, 'timeout')
    await expect(hasty.customers.list()).rejects.toBeInstanceOf(Stripe.errors.StripeConnectionError)
    // The SDK tries a closed connection once more, whatever it was told.
    fake.faults.next(2, 'reset')
    await expect(hasty.customers.list()).rejects.toBeInstanceOf(Stripe.errors.StripeConnectionError)
    expect((await hasty.customers.list()).data).toEqual([])
  })
})
