import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '@/lib/ids'
import type { Presentation } from '@/lib/payments/payment-provider'
import { DAY, HOUR, providerOver, START } from '@/lib/payments/payments-fixture'
import { openStripe } from '@/lib/payments/stripe/open-stripe'
import type { StripeProvider } from '@/lib/payments/stripe/provider'
import { giveDefaultCard } from '@/lib/testing/stripe-fake/invoice-fixture'
import { type StripeFake, startStripeFake } from '@/lib/testing/stripe-fake/stripe-fake'

let fake: StripeFake
let provider: StripeProvider
beforeEach(async () => {
  fake = await startStripeFake(START)
  provider = providerOver(fake)
})
afterEach(() => fake.close())

const buyer = (organizationId: string) => ({
  ...{ organizationId, name: 'Acme Robotics GmbH', email: 'accounts@acme.example' },
  address: null,
})

async function customer(): Promise<string> {
  const id = await provider.ensureCustomer(buyer(newId()))
  await giveDefaultCard(provider.stripe, id, 'pm_card_visa')
  return id
}

function wish(customerId: string, changed: Partial<Presentation> = {}): Presentation {
  return {
    ...{ customerId, organizationId: newId(), invoiceId: newId(), number: 'INV-2026-000042' },
    items: [
      { description: 'Plan', cents: 29_900n },
      { description: 'Model usage', cents: 1234n },
      { description: 'Credit', cents: -134n },
    ],
    owedCents: 31_000n,
    isRetry: false,
    isStillOwed: async () => true,
    ...changed,
  }
}

describe('a customer', () => {
  it('is made once for the same words, and can be named anew', async () => {
    const one = buyer(newId())
    const id = await provider.ensureCustomer(one)
    expect(await provider.ensureCustomer(one)).toBe(id)
    const address = {
      ...{ line1: 'Beispielstraße 12', line2: '', city: 'Berlin', region: '' },
      ...{ postalCode: '10115', country: 'DE' },
    }
    await provider.updateCustomer(id, { ...one, name: 'Acme AG', address })
    expect(fake.account.customers.find(id)).toMatchObject({
      name: 'Acme AG',
      email: 'accounts@acme.example',
      address: { line1: 'Beispielstraße 12', postal_code: '10115', country: 'DE' },
      metadata: { organization: one.organizationId },
    })
  })
})

describe('an invoice that is shown', () => {
  it('is not charged before it is complete, however long that takes', async () => {
    const one = wish(await customer())
    fake.faults.next(1, 'server error', (on) => on === 'POST /v1/invoiceitems')
    await expect(provider.presentInvoice(one)).rejects.toMatchObject({ statusCode: 500 })
    fake.advanceTo(START + 3 * DAY)
    const again = { ...one, isRetry: true }
    const id = await provider.presentInvoice(again)
    expect(await provider.readInvoice(id)).toMatchObject({
      ...{ status: 'PAID', paidCents: 31_000n, invoiceId: one.invoiceId },
    })
    expect(await provider.presentInvoice(again)).toBe(id)
    expect(fake.account.invoices.size).toBe(1)
  })

  it.each([1, 2, 3])('is found again after %i of its items and more than a day', async (count) => {
    const one = wish(await customer())
    let left = count
    fake.faults.next(
      1,
      'server error after',
      (on) => on === 'POST /v1/invoiceitems' && --left === 0,
    )
    await expect(provider.presentInvoice(one)).rejects.toMatchObject({ statusCode: 500 })
    fake.advanceTo(START + 25 * HOUR)
    const id = await provider.presentInvoice({ ...one, isRetry: true })
    const { lines } = fake.account.invoices.find(id)
    expect(lines.data.map(({ amount }) => amount)).toEqual([29_900, 1234, -134])
  })

  it('comes to what is left by then, also where it was begun with more', async () => {
    const one = wish(await customer())
    let left = 3
    fake.faults.next(
      1,
      'server error after',
      (on) => on === 'POST /v1/invoiceitems' && --left === 0,
    )
    await expect(provider.presentInvoice(one)).rejects.toMatchObject({ statusCode: 500 })
    const id = await provider.presentInvoice({ ...one, owedCents: 20_000n, isRetry: true })
    expect(await provider.readInvoice(id)).toMatchObject({ paidCents: 20_000n })
  })

  it('is not charged where Stripe would ask for another amount', async () => {
    const customerId = await customer()
    fake.account.customers.find(customerId).balance = 700
    await expect(provider.presentInvoice(wish(customerId))).rejects.toThrow('31700 cents')
    expect([...fake.account.invoices.values()].map(({ status }) => status)).toEqual(['draft'])
  })

  it('is no payment of ours where somebody says that it was paid elsewhere', async () => {
    const { stripe } = provider
    const customerId = await provider.ensureCustomer(buyer(newId()))
    const id = await provider.presentInvoice(wish(customerId))
    await provider.settleInvoice(id)
    expect((await stripe.invoices.retrieve(id)).amount_paid).toBe(31_000)
    expect(await provider.readInvoice(id)).toMatchObject({ status: 'PAID', paidCents: 0n })
    expect((await provider.readState(customerId)).invoices).toMatchObject([{ paidCents: 0n }])
  })

  it('says why it could not be charged: declined, to be confirmed, or without a card', async () => {
    const customerId = await provider.ensureCustomer(buyer(newId()))
    const id = await provider.presentInvoice(wish(customerId))
    const reason = async () => (await provider.readInvoice(id))?.declineReason
    expect(await reason()).toBeNull()
    await giveDefaultCard(provider.stripe, customerId, 'pm_card_chargeCustomerFail')
    await provider.payInvoice(id, 'one')
    expect(await reason()).toBe('Your card was declined.')
    for (const intent of fake.account.paymentIntents.values()) intent.status = 'requires_action'
    expect(await reason()).toBe('The bank wants the payment to be confirmed.')
  })

  it('is left alone where it is none of ours', async () => {
    const customerId = await customer()
    await provider.stripe.invoices.create({ customer: customerId })
    expect((await provider.readState(customerId)).invoices).toEqual([])
    await provider.endCustomer(customerId)
    expect(fake.account.invoices.size).toBe(1)
  })
})

describe('Stripe', () => {
  it('is Stripe itself, or a server of this machine in tests, never another one', () => {
    for (const url of ['http://192.0.2.1:80', 'https://stripe.example.test']) {
      expect(() => openStripe({ secretKey: 'sk', url })).toThrow(RangeError)
    }
  })
})
