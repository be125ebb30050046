import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Issuer } from '@/lib/invoices/issuer'
import { openCustomerPortal, startCardSetup } from '@/lib/payments/card-pages'
import { payInvoice } from '@/lib/payments/pay-invoice'
import { expiresSoon } from '@/lib/payments/payment-provider'
import {
  at,
  atStripe,
  collectorOver,
  documentOf,
  HOUR,
  issue,
  issuerOf,
  payingOrganization,
  RETURN_URL,
  START,
  settleDown,
  type TestCollector,
} from '@/lib/payments/payments-fixture'
import { refreshPayments } from '@/lib/payments/refresh'
import { paymentStanding } from '@/lib/payments/standing'
import { readSubscription } from '@/lib/subscriptions/queries'
import { createProductFixture, type ProductFixture } from '@/lib/testing/organization-fixture'
import type { CardName } from '@/lib/testing/stripe-fake/cards'
import { completeCheckout } from '@/lib/testing/stripe-fake/checkout'
import { type StripeFake, startStripeFake } from '@/lib/testing/stripe-fake/stripe-fake'

let product: ProductFixture
let issuer: Issuer
let fake: StripeFake
let collector: TestCollector
beforeAll(async () => {
  product = await createProductFixture()
  issuer = await issuerOf(product)
})
afterAll(() => product.close())
beforeEach(async () => {
  await product.db.pool.query(
    'TRUNCATE billing.provider_customer, billing.provider_state, billing.provider_event, billing.collection',
  )
  fake = await startStripeFake(START)
  collector = collectorOver(fake, product.db, issuer)
})
afterEach(() => fake.close())

const organization = (card?: CardName | null) => payingOrganization(product, fake, collector, card)
const invoiceOf = (organizationId: string, cents: bigint) =>
  issue(collector, fake, organizationId, cents)
const sessionIn = (url: string) => url.slice(url.lastIndexOf('/') + 1)

describe('paying an invoice', () => {
  it('charges the card at once, before any job or webhook', async () => {
    const { organizationId, finance } = await organization()
    const invoiceId = await invoiceOf(organizationId, 5000n)
    expect(await payInvoice(at(finance, START), collector, { invoiceId })).toEqual({ url: null })
    expect(await documentOf(collector, organizationId, invoiceId)).toMatchObject({ state: 'PAID' })
    await expect(payInvoice(at(finance, START), collector, { invoiceId })).rejects.toMatchObject({
      kind: 'conflict',
      code: 'nothing_to_pay',
    })
    await settleDown(collector, fake)
    expect(atStripe(fake, invoiceId)).toMatchObject({ collected: 5000n, shown: [{}] })
  })

  it('leads to the page of Stripe where there is no card, or it was declined', async () => {
    const bare = await organization(null)
    const one = await invoiceOf(bare.organizationId, 5000n)
    const asked = await payInvoice(at(bare.finance, START), collector, { invoiceId: one })
    expect(asked.url).toContain(`/i/${atStripe(fake, one).shown[0]?.id}`)
    await settleDown(collector, fake)
    // Nothing was declined: it is to be paid in time, as before.
    expect((await readSubscription(at(bare.admin, START))).state).toBe('ACTIVE')

    const declined = await organization('pm_card_chargeCustomerFail')
    const other = await invoiceOf(declined.organizationId, 5000n)
    const pay = () => payInvoice(at(declined.finance, START), collector, { invoiceId: other })
    expect((await pay()).url).toContain(`/i/${atStripe(fake, other).shown[0]?.id}`)
    expect((await pay()).url).toContain('/i/')
    expect(atStripe(fake, other).shown).toHaveLength(1)
    expect((await readSubscription(at(declined.admin, START))).state).toBe('PAST_DUE')
  })

  it('tries again what was declined, and what failed on the way', async () => {
    const { organizationId, finance } = await organization('pm_card_fake_declinesOnce')
    const invoiceId = await invoiceOf(organizationId, 5000n)
    await settleDown(collector, fake)
    fake.faults.next(1, 'server error after', (on) => on === 'POST /v1/invoices/:id/pay')
    const pay = () => payInvoice(at(finance, START + 1), collector, { invoiceId })
    await expect(pay()).rejects.toMatchObject({ statusCode: 500 })
    fake.advanceTo(START + HOUR)
    await settleDown(collector, fake)
    expect(await documentOf(collector, organizationId, invoiceId)).toMatchObject({ state: 'PAID' })
    expect(atStripe(fake, invoiceId).collected).toBe(5000n)
  })

  it('is left to bank transfer below what cards are charged for', async () => {
    const { organizationId, finance } = await organization()
    const invoiceId = await invoiceOf(organizationId, 49n)
    await expect(payInvoice(at(finance, START), collector, { invoiceId })).rejects.toMatchObject({
      code: 'below_card_minimum',
    })
    expect(atStripe(fake, invoiceId).shown).toEqual([])
  })

  it('is of this organization only, and of an invoice that is there', async () => {
    const { finance } = await organization()
    const other = await organization()
    const invoiceId = await invoiceOf(other.organizationId, 5000n)
    const pay = (id: string) => payInvoice(at(finance, START), collector, { invoiceId: id })
    await expect(pay(invoiceId)).rejects.toMatchObject({ kind: 'not-found' })
    await expect(pay('x')).rejects.toMatchObject({ kind: 'not-found' })
  })
})

describe('a card that was given on the page of Stripe', () => {
  it('is there when the person comes back, without a webhook, and charged from then on', async () => {
    const { organizationId, finance } = await organization(null)
    const before = await invoiceOf(organizationId, 7000n)
    const ctx = at(finance, START)
    const url = await startCardSetup(ctx, collector.provider, { returnUrl: RETURN_URL })
    completeCheckout(fake.account, sessionIn(url), 'pm_card_mastercard')
    // Another page was opened since, and left.
    await startCardSetup(ctx, collector.provider, { returnUrl: RETURN_URL })
    await refreshPayments(ctx, collector)
    expect(await paymentStanding(ctx)).toEqual({
      card: { brand: 'mastercard', last4: '4444', expiresMonth: 12, expiresYear: 2034 },
      expiresSoon: false,
      failure: null,
    })
    const invoiceId = await invoiceOf(organizationId, 5000n)
    await settleDown(collector, fake)
    expect(atStripe(fake, invoiceId).collected).toBe(5000n)
    // Its money may be on its way by bank transfer.
    expect(atStripe(fake, before).shown).toEqual([])
  })

  it('does not come back where another one was chosen since', async () => {
    const { customerId, finance } = await organization('pm_card_visa')
    const [visa] = [...fake.account.paymentMethods.keys()]
    const url = await startCardSetup(at(finance, START), collector.provider, {
      returnUrl: RETURN_URL,
    })
    completeCheckout(fake.account, sessionIn(url), 'pm_card_mastercard')
    await refreshPayments(at(finance, START + HOUR), collector)
    expect((await paymentStanding(finance)).card?.brand).toBe('mastercard')
    await collector.provider.stripe.customers.update(customerId, {
      invoice_settings: { default_payment_method: String(visa) },
    })
    await refreshPayments(at(finance, START + 2 * HOUR), collector)
    await settleDown(collector, fake)
    expect((await paymentStanding(finance)).card?.brand).toBe('visa')
  })

  it('is asked for at Stripe once in some seconds, however often the page is opened', async () => {
    const { finance } = await organization()
    await refreshPayments(at(finance, START + HOUR), collector)
    fake.faults.next(1, 'server error')
    await refreshPayments(at(finance, START + HOUR + 1000), collector)
    await expect(
      refreshPayments(at(finance, START + HOUR + 3001), collector),
    ).rejects.toMatchObject({ statusCode: 500 })
  })

  it('is warned of before it expires', async () => {
    const card = { expiresMonth: 12, expiresYear: 2034 }
    expect(expiresSoon(card, Date.UTC(2034, 9, 31))).toBe(false)
    expect(expiresSoon(card, Date.UTC(2034, 10, 1))).toBe(true)
    expect(expiresSoon(card, Date.UTC(2035, 0, 1))).toBe(true)
  })

  it('is looked after on a page of Stripe', async () => {
    const { finance } = await organization()
    const url = await openCustomerPortal(finance, collector.provider, { returnUrl: RETURN_URL })
    expect(new URL(url).pathname).not.toBe('/')
  })
})
