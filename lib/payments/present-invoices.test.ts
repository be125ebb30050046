import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import { creditBalance } from '@/lib/invoices/credit'
import { issueCreditNote } from '@/lib/invoices/credit-note'
import type { Issuer } from '@/lib/invoices/issuer'
import { recordPayment } from '@/lib/invoices/payments'
import { voidInvoice } from '@/lib/invoices/void-invoice'
import { noticesOf } from '@/lib/notifications/notifications-fixture'
import { payInvoice } from '@/lib/payments/pay-invoice'
import type { Presentation } from '@/lib/payments/payment-provider'
import {
  at,
  atStripe,
  collectorOver,
  DAY,
  documentOf,
  giveCard,
  HOUR,
  issue,
  issuerOf,
  payingOrganization,
  recordedByCard,
  START,
  settleDown,
  type TestCollector,
} from '@/lib/payments/payments-fixture'
import { presentInvoices } from '@/lib/payments/present-invoices'
import { paymentStanding } from '@/lib/payments/standing'
import { readSubscription } from '@/lib/subscriptions/queries'
import { createProductFixture, type ProductFixture } from '@/lib/testing/organization-fixture'
import type { CardName } from '@/lib/testing/stripe-fake/cards'
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
const settle = () => settleDown(collector, fake)

const decision = { reason: 'Wrong.', operator: 'Olga' }
const takeBack = (organizationId: string, invoiceId: string) =>
  sqlTransaction(product.db.pool, (client) =>
    voidInvoice(client, { organizationId, invoiceId, ...decision, at: fake.account.nowMs }),
  )
const credit = (organizationId: string, invoiceId: string, cents: bigint | null) =>
  sqlTransaction(product.db.pool, (client) =>
    issueCreditNote(client, {
      ...{ organizationId, invoiceId, ...decision, at: fake.account.nowMs },
      corrections: cents === null ? null : [{ line: 1, cents }],
    }),
  )
const transfer = (organizationId: string, invoiceId: string, cents: bigint) =>
  sqlTransaction(product.db.pool, (client) =>
    recordPayment(client, {
      ...{ organizationId, invoiceId, cents, method: 'BANK_TRANSFER', recordedBy: 'Olga' },
      ...{ reference: 'transfer', at: fake.account.nowMs, receivedAt: fake.account.nowMs },
    }),
  )

describe('an invoice of an organization with a card', () => {
  it('is shown at Stripe by its number, item by item, charged, and paid', async () => {
    const { organizationId, admin, finance } = await organization()
    const id = await invoiceOf(organizationId, 29_900n)
    await settle()
    const { shown, collected } = atStripe(fake, id)
    const paid = await documentOf(collector, organizationId, id)
    expect(shown).toMatchObject([
      {
        number: paid.snapshot.number,
        status: 'paid',
        metadata: { invoice: id, organization: organizationId },
        lines: { data: [{ description: 'Plan', amount: 29_900 }] },
      },
    ])
    expect(paid).toMatchObject({ state: 'PAID', paidCents: 29_900n, owedCents: 0n })
    expect(collected).toBe(29_900n)
    const { provider, state } = await readSubscription(at(admin, START))
    expect({ provider, state }).toEqual({ provider: 'STRIPE', state: 'ACTIVE' })
    const told = await noticesOf(product.db, finance.principal.userId)
    expect(told.map(({ kind }) => kind)).toContain('payment-recorded')
    expect(collector.failures).toEqual([])
  })

  it('comes to what credit leaves of it', async () => {
    const { organizationId } = await organization()
    const first = await invoiceOf(organizationId, 10_000n)
    await settle()
    await credit(organizationId, first, 1234n)
    const second = await invoiceOf(organizationId, 10_000n)
    await settle()
    expect(atStripe(fake, second).shown[0]?.lines.data.map(({ amount }) => amount)).toEqual([
      10_000, -1234,
    ])
    expect(atStripe(fake, second).collected).toBe(8766n)
    expect(await documentOf(collector, organizationId, second)).toMatchObject({ state: 'PAID' })
  })

  it('is shown once, by however many at once', async () => {
    const { organizationId } = await organization()
    const ids = [await invoiceOf(organizationId, 5000n), await invoiceOf(organizationId, 700n)]
    await Promise.all(Array.from({ length: 4 }, () => presentInvoices(collector, START)))
    await settle()
    for (const id of ids) expect(atStripe(fake, id).shown).toHaveLength(1)
    expect(await recordedByCard(collector, organizationId)).toBe(5700n)
    expect(collector.failures).toEqual([])
  })

  it('is left to bank transfer below what cards are charged for', async () => {
    const { organizationId } = await organization()
    const id = await invoiceOf(organizationId, 49n)
    await settle()
    expect(atStripe(fake, id).shown).toEqual([])
    expect(await documentOf(collector, organizationId, id)).toMatchObject({ state: 'OPEN' })
  })
})

describe('an organization without a card', () => {
  it('is shown nothing at Stripe until it gives one, and nothing of before even then', async () => {
    const { organizationId, customerId, admin } = await organization(null)
    const before = await invoiceOf(organizationId, 7000n)
    await settle()
    await giveCard(fake, collector, customerId, 'pm_card_visa')
    const id = await invoiceOf(organizationId, 5000n)
    await settle()
    expect(atStripe(fake, before).shown).toEqual([])
    expect(atStripe(fake, id).collected).toBe(5000n)
    await collector.provider.stripe.customers.update(customerId, {
      invoice_settings: { default_payment_method: '' },
    })
    await settle()
    expect((await readSubscription(at(admin, START))).provider).toBe('LEDGER')
    const later = await invoiceOf(organizationId, 5000n)
    await settle()
    expect(atStripe(fake, later).shown).toEqual([])
  })
})

describe('a card that is declined', () => {
  it('makes the subscription past due at once and is told once, until another one pays', async () => {
    const { organizationId, customerId, admin, finance } = await organization(
      'pm_card_chargeCustomerFail',
    )
    const id = await invoiceOf(organizationId, 5000n)
    await settle()
    expect((await readSubscription(at(admin, START))).state).toBe('PAST_DUE')
    const standing = await paymentStanding(at(admin, START))
    expect(standing).toMatchObject({
      card: { brand: 'visa', last4: '0341' },
      failure: { invoiceId: id, reason: 'Your card was declined.' },
    })
    expect(standing.failure?.nextAttemptAt).toBeGreaterThan(START)
    for (let days = 0; days < 20; days++) {
      fake.advanceTo(fake.account.nowMs + DAY)
      await settle()
    }
    const told = await noticesOf(product.db, finance.principal.userId)
    expect(told.filter(({ kind }) => kind === 'payment-overdue')).toHaveLength(1)
    expect((await paymentStanding(at(admin, START))).failure?.nextAttemptAt).toBeNull()

    await giveCard(fake, collector, customerId, 'pm_card_mastercard')
    await settle()
    expect(await documentOf(collector, organizationId, id)).toMatchObject({ state: 'PAID' })
    expect((await readSubscription(at(admin, fake.account.nowMs))).state).toBe('ACTIVE')
    expect((await paymentStanding(at(admin, START))).failure).toBeNull()
  })
})

describe('an invoice that is not owed any more', () => {
  it('is never shown where that was so before', async () => {
    const { organizationId } = await organization()
    const ids: string[] = []
    for (let count = 0; count < 4; count++) ids.push(await invoiceOf(organizationId, 5000n))
    const [voided = '', credited = '', paid = '', lowered = ''] = ids
    await takeBack(organizationId, voided)
    await credit(organizationId, credited, null)
    await transfer(organizationId, paid, 5000n)
    await credit(organizationId, lowered, 2000n)
    await settle()
    for (const id of [voided, credited, paid]) expect(atStripe(fake, id).shown).toEqual([])
    expect(atStripe(fake, lowered).collected).toBe(3000n)
    expect(await documentOf(collector, organizationId, lowered)).toMatchObject({ state: 'PAID' })
  })

  it('is charged no more where its card was declined before', async () => {
    const { organizationId, customerId } = await organization('pm_card_chargeCustomerFail')
    const ids: string[] = []
    for (let count = 0; count < 5; count++) ids.push(await invoiceOf(organizationId, 5000n))
    await settle()
    const [voided = '', credited = '', paid = '', lowered = '', partly = ''] = ids
    await takeBack(organizationId, voided)
    await credit(organizationId, credited, null)
    await transfer(organizationId, paid, 5000n)
    await credit(organizationId, lowered, 2000n)
    await transfer(organizationId, partly, 4990n)
    await settle()
    await giveCard(fake, collector, customerId, 'pm_card_visa')
    fake.advanceTo(START + 30 * DAY)
    await settle()
    for (const id of [voided, credited, paid, partly]) {
      expect(atStripe(fake, id)).toMatchObject({ collected: 0n })
    }
    expect(atStripe(fake, voided).shown).toMatchObject([{ status: 'void' }])
    expect(atStripe(fake, paid).shown).toMatchObject([{ status: 'paid' }])
    expect(atStripe(fake, lowered).collected).toBe(3000n)
    expect(await documentOf(collector, organizationId, lowered)).toMatchObject({ state: 'PAID' })
    // Ten cents are left, which no card is charged for.
    expect(await documentOf(collector, organizationId, partly)).toMatchObject({ owedCents: 10n })
    expect(collector.failures).toEqual([])
  })

  it('is not charged where that happens while it is shown', async () => {
    const { organizationId } = await organization()
    const id = await invoiceOf(organizationId, 5000n)
    const { provider } = collector
    await presentInvoices(
      {
        ...collector,
        provider: {
          ...provider,
          presentInvoice: (wish) =>
            provider.presentInvoice({
              ...wish,
              async isStillOwed() {
                await takeBack(organizationId, id)
                return wish.isStillOwed()
              },
            }),
        },
      },
      START,
    )
    await settle()
    expect(atStripe(fake, id)).toEqual({ shown: [], collected: 0n })
    const types = [...fake.account.events.values()].map(({ type }) => type)
    expect(types).not.toContain('invoice.finalized')
  })

  it('is not charged by a card that somebody wants to be tried at once', async () => {
    const { organizationId, finance } = await organization()
    const id = await invoiceOf(organizationId, 5000n)
    const { provider } = collector
    const racing = {
      ...collector,
      provider: {
        ...provider,
        presentInvoice: (wish: Presentation) =>
          provider.presentInvoice({
            ...wish,
            async isStillOwed() {
              await takeBack(organizationId, id)
              return wish.isStillOwed()
            },
          }),
      },
    }
    await payInvoice(at(finance, START), racing, { invoiceId: id })
    await settle()
    expect(atStripe(fake, id)).toEqual({ shown: [], collected: 0n })
  })

  it('is told again where that happens while something else of it is told', async () => {
    const { organizationId, customerId } = await organization('pm_card_chargeCustomerFail')
    const id = await invoiceOf(organizationId, 5000n)
    const { provider } = collector
    await presentInvoices(
      {
        ...collector,
        provider: {
          ...provider,
          async presentInvoice(wish) {
            const shown = await provider.presentInvoice(wish)
            await credit(organizationId, id, 1000n)
            return shown
          },
        },
      },
      START,
    )
    await settle()
    await giveCard(fake, collector, customerId, 'pm_card_visa')
    await settle()
    expect(atStripe(fake, id).collected).toBe(4000n)
  })

  it('and was charged all the same gives the money as credit', async () => {
    const { organizationId } = await organization()
    const [voided, paid] = [
      await invoiceOf(organizationId, 5000n),
      await invoiceOf(organizationId, 700n),
    ]
    // Shown and charged, but nobody here has heard of it.
    await presentInvoices(
      {
        ...collector,
        provider: { ...collector.provider, readState: () => Promise.reject(new Error()) },
      },
      START,
    )
    await takeBack(organizationId, voided)
    await transfer(organizationId, paid, 700n)
    await settle()
    expect(await recordedByCard(collector, organizationId)).toBe(5700n)
    expect(await creditBalance(product.db.pool, organizationId)).toBe(5700n)
    expect(await documentOf(collector, organizationId, voided)).toMatchObject({ state: 'VOID' })
  })
})

describe('an organization that has ended', () => {
  it('is charged nothing more, and forgotten', async () => {
    const { organizationId, customerId } = await organization('pm_card_fake_declinesOnce')
    const id = await invoiceOf(organizationId, 5000n)
    await settle()
    await product.db.pool.query('DELETE FROM organizations WHERE id = $1', [organizationId])
    await settle()
    fake.advanceTo(START + 30 * DAY)
    await settle()
    expect(atStripe(fake, id)).toMatchObject({ collected: 0n, shown: [{ status: 'void' }] })
    const { rows } = await product.db.pool.query(
      'SELECT 1 FROM billing.provider_customer WHERE customer_id = $1',
      [customerId],
    )
    expect(rows).toEqual([])
  })
})

describe('what fails', () => {
  it('is noted, and tried again after a while, ever longer', async () => {
    const { organizationId } = await organization()
    const id = await invoiceOf(organizationId, 5000n)
    const read = async () => {
      const { rows } = await product.db.pool.query<{ wait: number; error: string | null }>(
        `SELECT (next_attempt_at - $2)::float8 AS wait, last_error AS error FROM billing.collection
         WHERE invoice_id = $1`,
        [id, fake.account.nowMs],
      )
      return rows[0]
    }
    const waits: number[] = []
    for (let count = 0; count < 12; count++) {
      fake.faults.next(1, 'server error', (on) => on === 'POST /v1/invoices')
      expect(await presentInvoices(collector, fake.account.nowMs)).toMatchObject({ failed: 1 })
      const { wait = 0, error } = (await read()) ?? {}
      expect(error).toBe('An unknown error occurred')
      waits.push(wait)
      expect(await presentInvoices(collector, fake.account.nowMs)).toMatchObject({ failed: 0 })
      fake.faults.clear()
      fake.advanceTo(fake.account.nowMs + wait)
    }
    expect(waits.slice(0, 3)).toEqual([60_000, 120_000, 240_000])
    expect(waits.at(-1)).toBe(6 * HOUR)
    await settle()
    expect(atStripe(fake, id).collected).toBe(5000n)
    expect(await read()).toMatchObject({ wait: null, error: null })
  })
})
