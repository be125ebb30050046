import type Stripe from 'stripe'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { customerWith, issued } from '@/lib/testing/stripe-fake/invoice-fixture'
import { type StripeFake, startStripeFake } from '@/lib/testing/stripe-fake/stripe-fake'

const START = Date.UTC(2026, 0, 31, 10)
const SITE = 'https://example.test/billing'

let fake: StripeFake
let stripe: Stripe
beforeEach(async () => {
  fake = await startStripeFake(START)
  stripe = fake.client({ maxNetworkRetries: 0 })
})
afterEach(() => fake.close())

async function open(url: string | null | undefined) {
  const answer = await fetch(String(url))
  return { status: answer.status, text: await answer.text() }
}

/** Presses a button. @returns where it leads, or the page that came instead */
async function submit(url: string | null | undefined, fields: Record<string, string>) {
  const body = new URLSearchParams(fields)
  const answer = await fetch(String(url), { method: 'POST', body, redirect: 'manual' })
  return { to: answer.headers.get('location'), text: await answer.text() }
}

const cardSession = async (customer: string) =>
  stripe.checkout.sessions.create({
    mode: 'setup',
    currency: 'usd',
    customer,
    success_url: `${SITE}?session={CHECKOUT_SESSION_ID}`,
    cancel_url: SITE,
  })

describe('the page for a card', () => {
  it('gives the chosen card to the customer, and leads back', async () => {
    const customer = await customerWith(stripe)
    const { id, url } = await cardSession(customer)
    expect((await open(url)).text).toContain('Stripe fake: add a card')
    const { to } = await submit(url, { card: 'pm_card_fake_expiring', action: 'save' })
    expect(to).toBe(`${SITE}?session=${id}`)
    const { data } = await stripe.customers.listPaymentMethods(customer)
    expect(data).toMatchObject([{ card: { last4: '4000', exp_month: 1, exp_year: 2026 } }])
    expect((await open(url)).status).toBe(404)
    expect((await submit(url, { action: 'save' })).to).toBeNull()
  })

  it('leads back without one as well, and stays open then', async () => {
    const customer = await customerWith(stripe)
    const { id, url } = await cardSession(customer)
    expect((await submit(url, { action: 'back' })).to).toBe(SITE)
    expect((await stripe.checkout.sessions.retrieve(id)).status).toBe('open')
    expect((await stripe.customers.listPaymentMethods(customer)).data).toEqual([])
  })
})

describe('the portal', () => {
  it('lets its customer choose among the own cards, and take them away', async () => {
    const customer = await customerWith(stripe, 'pm_card_visa')
    const other = await stripe.paymentMethods.attach('pm_card_mastercard', { customer })
    const stranger = await stripe.paymentMethods.attach('pm_card_visa', {
      customer: await customerWith(stripe),
    })
    const { url } = await stripe.billingPortal.sessions.create({ customer, return_url: SITE })
    expect((await open(url)).text).toContain('visa 4242, expires 12/2034 (default)')
    await submit(url, { method: other.id, action: 'default' })
    expect((await open(url)).text).toContain('mastercard 4444, expires 12/2034 (default)')
    await submit(url, { method: other.id, action: 'remove' })
    const page = await open(url)
    expect(page.text).not.toContain('4444')
    expect(page.text).toContain(`<a href="${SITE}">Back</a>`)
    expect((await submit(url, { method: stranger.id, action: 'remove' })).to).toBeNull()
    expect((await stripe.paymentMethods.retrieve(stranger.id)).customer).not.toBeNull()
  })
})

describe('the page of an invoice', () => {
  it('is paid there by a card that is kept nowhere', async () => {
    const customer = await customerWith(stripe)
    const { id, hosted_invoice_url: url, invoice_pdf } = await issued(stripe, customer, [900, 100])
    expect((await open(url)).text).toContain('Left to pay: 10.00 USD')
    const refused = await submit(url, { card: 'pm_card_chargeCustomerFail' })
    expect(refused.text).toContain('<p role="alert">Your card was declined.</p>')
    expect((await submit(url, { card: 'pm_card_visa' })).to).toBe(`/i/${id}`)
    expect(await stripe.invoices.retrieve(id)).toMatchObject({ status: 'paid', amount_paid: 1000 })
    expect((await open(url)).text).not.toContain('<form')
    expect((await submit(url, { card: 'pm_card_visa' })).to).toBeNull()
    expect((await open(invoice_pdf)).text).toContain('10.00 USD')
    expect((await stripe.customers.listPaymentMethods(customer)).data).toEqual([])
  })

  it('says what others wrote as text', async () => {
    const customer = await customerWith(stripe)
    const { id } = await stripe.invoices.create({ customer, number: '<b>1</b>' })
    const { hosted_invoice_url } = await stripe.invoices.finalizeInvoice(id)
    const { text } = await open(hosted_invoice_url)
    expect(text).toContain('invoice &#60;b&#62;1&#60;/b&#62;')
    expect(text).not.toContain('<b>')
  })

  it('of nothing is not found', async () => {
    for (const path of ['/i/in_none', '/c/pay/cs_none', '/p/session/bps_none', '/other'])
      expect((await open(fake.url + path)).status).toBe(404)
  })
})
