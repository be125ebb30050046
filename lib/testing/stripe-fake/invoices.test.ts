import type Stripe from 'stripe'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { customerWith, draftOf, issued } from '@/lib/testing/stripe-fake/invoice-fixture'
import { type StripeFake, startStripeFake } from '@/lib/testing/stripe-fake/stripe-fake'

const HOUR = 3_600_000
const START = Date.UTC(2026, 0, 31, 10)

let fake: StripeFake
let stripe: Stripe
beforeEach(async () => {
  fake = await startStripeFake(START)
  stripe = fake.client({ maxNetworkRetries: 0 })
})
afterEach(() => fake.close())

const types = () => fake.webhooks.queued.map(({ type }) => type)

describe('a draft', () => {
  it('carries the number, words and items of another biller, and shows its first ten lines', async () => {
    const { id: customer } = await stripe.customers.create({ name: 'Acme' })
    const draft = await stripe.invoices.create({
      customer,
      number: 'INV-2026-000123',
      metadata: { invoice: 'our-id' },
      description: 'January',
      footer: 'Thank you.',
      custom_fields: [{ name: 'VAT', value: 'DE123456789' }],
      auto_advance: true,
    })
    expect(draft).toMatchObject({ status: 'draft', number: 'INV-2026-000123', total: 0 })
    for (let item = 1; item <= 11; item++) {
      const metadata = { section: `${item}` }
      const amount = item === 11 ? -50 : item
      await stripe.invoiceItems.create({
        customer,
        invoice: draft.id,
        amount,
        currency: 'usd',
        metadata,
      })
    }
    const read = await stripe.invoices.retrieve(draft.id)
    expect(read).toMatchObject({
      total: 5,
      description: 'January',
      footer: 'Thank you.',
      custom_fields: [{ name: 'VAT', value: 'DE123456789' }],
      customer_name: 'Acme',
      hosted_invoice_url: null,
    })
    expect(read.lines).toMatchObject({ has_more: true, data: { length: 10 } })
    const sections: (string | undefined)[] = []
    for await (const { metadata } of stripe.invoices.listLineItems(draft.id))
      sections.push(metadata.section)
    expect(sections).toEqual(Array.from({ length: 11 }, (_, place) => `${place + 1}`))
  })

  it('that is left half made is finalised an hour later all the same, unless it was deleted', async () => {
    const customer = await customerWith(stripe, 'pm_card_visa')
    const [left, deleted] = [
      await draftOf(stripe, customer, [900]),
      await draftOf(stripe, customer, [100]),
    ]
    await stripe.invoices.del(deleted)
    fake.advanceTo(START + HOUR)
    expect(await stripe.invoices.retrieve(left)).toMatchObject({ status: 'paid', amount_paid: 900 })
    await expect(stripe.invoices.retrieve(deleted)).rejects.toMatchObject({ statusCode: 404 })
  })

  it('takes items back, in its currency only and of its customer only', async () => {
    const customer = await customerWith(stripe)
    const id = await draftOf(stripe, customer, [500])
    const item = { customer, invoice: id, amount: 200, currency: 'usd' }
    const added = await stripe.invoiceItems.create(item)
    expect((await stripe.invoices.retrieve(id)).total).toBe(700)
    await stripe.invoiceItems.del(added.id)
    expect((await stripe.invoices.retrieve(id)).total).toBe(500)
    await expect(stripe.invoiceItems.create({ ...item, currency: 'eur' })).rejects.toMatchObject({
      param: 'currency',
    })
    const stranger = await customerWith(stripe)
    await expect(stripe.invoiceItems.create({ ...item, customer: stranger })).rejects.toMatchObject(
      { param: 'invoice' },
    )
  })

  it('has a number of its own', async () => {
    const customer = await customerWith(stripe)
    await stripe.invoices.create({ customer, number: 'INV-1' })
    await expect(stripe.invoices.create({ customer, number: 'INV-1' })).rejects.toMatchObject({
      param: 'number',
    })
    await expect(
      stripe.invoices.create({ customer, number: 'INV-2026-0000000000000000001' }),
    ).rejects.toMatchObject({ param: 'number' })
  })
})

describe('finalising', () => {
  it('answers with an open invoice, which the card then pays', async () => {
    const customer = await customerWith(stripe, 'pm_card_visa')
    const id = await draftOf(stripe, customer, [29_900, 5_681, -1_000])
    const open = await stripe.invoices.finalizeInvoice(id)
    expect(open).toMatchObject({ status: 'open', amount_due: 34_581, attempt_count: 0 })
    expect(open.hosted_invoice_url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/i\/in_/)
    expect(open.invoice_pdf).toMatch(/\/pdf$/)
    expect(await stripe.invoices.retrieve(id)).toMatchObject({
      status: 'paid',
      amount_paid: 34_581,
      amount_remaining: 0,
      attempt_count: 1,
      next_payment_attempt: null,
    })
    expect(types().filter((type) => type.startsWith('invoice.'))).toEqual([
      'invoice.created',
      'invoice.finalized',
      'invoice.updated',
      'invoice.paid',
      'invoice.updated',
      'invoice.payment_succeeded',
    ])
    await expect(
      stripe.invoiceItems.create({ customer, invoice: id, amount: 1, currency: 'usd' }),
    ).rejects.toMatchObject({ code: 'invoice_not_editable' })
  })

  it('leaves the card alone for as long as the account says, or until somebody asks', async () => {
    fake.account.rules.chargeAfterSeconds = 3600
    const customer = await customerWith(stripe, 'pm_card_visa')
    const [waiting, asked] = [
      await issued(stripe, customer, [900]),
      await issued(stripe, customer, [900]),
    ]
    expect(waiting).toMatchObject({
      status: 'open',
      next_payment_attempt: (START + HOUR) / 1000,
    })
    expect((await stripe.invoices.pay(asked.id)).status).toBe('paid')
    fake.advanceTo(START + HOUR)
    expect((await stripe.invoices.retrieve(waiting.id)).status).toBe('paid')
  })

  it('keeps what is too little to be charged for the next invoice', async () => {
    const customer = await customerWith(stripe, 'pm_card_visa')
    expect(await issued(stripe, customer, [49])).toMatchObject({
      status: 'paid',
      amount_due: 0,
      amount_paid: 0,
      ending_balance: 49,
    })
    expect(await issued(stripe, customer, [100])).toMatchObject({
      total: 100,
      starting_balance: 49,
      amount_paid: 149,
      ending_balance: 0,
    })
  })

  it('asks for nothing where nothing is to be collected', async () => {
    const customer = await customerWith(stripe, 'pm_card_visa')
    expect(await issued(stripe, customer, [900, -900])).toMatchObject({
      status: 'paid',
      amount_paid: 0,
      attempt_count: 0,
    })
  })
})

describe('an open invoice', () => {
  it('is listed by customer, status and time', async () => {
    const [customer, other] = [await customerWith(stripe), await customerWith(stripe)]
    const open = await issued(stripe, customer, [900])
    await issued(stripe, other, [900])
    fake.advanceTo(START + HOUR)
    const draft = await draftOf(stripe, customer, [900])
    const ids = async (params: Stripe.InvoiceListParams) =>
      (await stripe.invoices.list({ customer, ...params })).data.map(({ id }) => id)
    expect(await ids({})).toEqual([draft, open.id])
    expect(await ids({ status: 'open' })).toEqual([open.id])
    expect(await ids({ created: { gt: START / 1000 } })).toEqual([draft])
  })

  it('that is voided is never charged', async () => {
    const customer = await customerWith(stripe)
    const { id } = await issued(stripe, customer, [900])
    const voided = await stripe.invoices.voidInvoice(id, { expand: ['payments'] })
    expect(voided.status).toBe('void')
    expect(voided.payments?.data.map(({ status }) => status)).toEqual(['canceled'])
    expect(types()).toContain('invoice.voided')
    await expect(stripe.invoices.pay(id)).rejects.toMatchObject({ statusCode: 400 })
    await expect(stripe.invoices.voidInvoice(id)).rejects.toMatchObject({ statusCode: 400 })
    fake.advanceTo(START + 30 * 24 * HOUR)
    expect((await stripe.invoices.retrieve(id)).status).toBe('void')
  })

  it('changes neither its words nor its number any more, but its metadata', async () => {
    const { id } = await issued(stripe, await customerWith(stripe), [900])
    await expect(stripe.invoices.update(id, { description: 'Other' })).rejects.toMatchObject({
      code: 'invoice_not_editable',
    })
    const updated = await stripe.invoices.update(id, {
      metadata: { seen: '1' },
      auto_advance: false,
    })
    expect(updated).toMatchObject({ metadata: { seen: '1' }, next_payment_attempt: null })
  })
})
