import fc from 'fast-check'
import type Stripe from 'stripe'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { customerWith, giveDefaultCard, issued } from '@/lib/testing/stripe-fake/invoice-fixture'
import { type StripeFake, startStripeFake } from '@/lib/testing/stripe-fake/stripe-fake'

const START = Date.UTC(2026, 0, 31, 10)

let fake: StripeFake
let stripe: Stripe
beforeEach(async () => {
  fake = await startStripeFake(START)
  stripe = fake.client({ maxNetworkRetries: 0 })
})
afterEach(() => fake.close())

describe('a credit note', () => {
  it('lowers what is then charged', async () => {
    const customer = await customerWith(stripe)
    const { id } = await issued(stripe, customer, [900])
    const note = await stripe.creditNotes.create({ invoice: id, amount: 250, memo: 'Outage' })
    expect(note).toMatchObject({ total: 250, type: 'pre_payment', pre_payment_amount: 250 })
    expect(await stripe.invoices.retrieve(id, { expand: ['payments'] })).toMatchObject({
      status: 'open',
      total: 900,
      amount_due: 650,
      amount_remaining: 650,
      pre_payment_credit_notes_amount: 250,
      payments: { data: [{ amount_requested: 650 }] },
    })
    await giveDefaultCard(stripe, customer, 'pm_card_visa')
    expect(await stripe.invoices.pay(id)).toMatchObject({ status: 'paid', amount_paid: 650 })
    expect((await stripe.creditNotes.list({ invoice: id })).data.map((one) => one.id)).toEqual([
      note.id,
    ])
    expect(fake.webhooks.queued.map(({ type }) => type)).toContain('credit_note.created')
  })

  it('over all of it leaves it paid, by no money', async () => {
    const { id } = await issued(stripe, await customerWith(stripe), [900])
    await stripe.creditNotes.create({ invoice: id, amount: 900 })
    const paid = await stripe.invoices.retrieve(id, { expand: ['payments'] })
    expect(paid).toMatchObject({ status: 'paid', amount_paid: 0, amount_remaining: 0 })
    expect(paid.payments?.data).toMatchObject([{ status: 'canceled', amount_paid: null }])
  })

  it('is refused over more than remains, and once it was paid or voided', async () => {
    const customer = await customerWith(stripe)
    const open = await issued(stripe, customer, [900])
    const voided = await issued(stripe, customer, [900])
    await stripe.invoices.voidInvoice(voided.id)
    await giveDefaultCard(stripe, customer, 'pm_card_visa')
    const paid = await issued(stripe, customer, [900])
    const refusals: [string, number][] = [
      [open.id, 901],
      [open.id, 0],
      [paid.id, 100],
      [voided.id, 100],
    ]
    for (const [invoice, amount] of refusals) {
      await expect(stripe.creditNotes.create({ invoice, amount })).rejects.toMatchObject({
        statusCode: 400,
      })
    }
    expect((await stripe.creditNotes.list()).data).toEqual([])
  })

  it('and money and what remains always make up the total', async () => {
    const customer = await customerWith(stripe)
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 50, max: 100_000 }),
        fc.array(fc.integer({ min: 1, max: 60_000 }), { maxLength: 4 }),
        async (cents, credits) => {
          const { id } = await issued(stripe, customer, [cents])
          let credited = 0
          for (const amount of credits) {
            const isTaken = credited + amount <= cents
            const note = stripe.creditNotes.create({ invoice: id, amount })
            if (isTaken) await note
            else await expect(note).rejects.toMatchObject({ statusCode: 400 })
            if (isTaken) credited += amount
          }
          const read = await stripe.invoices.retrieve(id)
          expect(read.amount_remaining).toBe(cents - credited)
          expect(read.pre_payment_credit_notes_amount + read.amount_due).toBe(read.total)
          expect(read.status).toBe(credited === cents ? 'paid' : 'open')
        },
      ),
      { numRuns: 25 },
    )
  })
})
