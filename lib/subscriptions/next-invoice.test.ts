import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { UserPrincipal } from '@/lib/access/principal'
import { organizationOf } from '@/lib/billing/billing-fixture'
import { centsOfNano } from '@/lib/billing/money'
import { priceCents, spend, spender } from '@/lib/budgets/budget-fixture'
import { buildContext, type Context } from '@/lib/context'
import { charge, feeLine, PARTIES } from '@/lib/invoices/invoice-fixture'
import { listInvoices } from '@/lib/invoices/invoices'
import { invoicing } from '@/lib/invoices/invoicing'
import { PLAN_IDS } from '@/lib/plans/plan'
import { advanceSubscription } from '@/lib/subscriptions/advance'
import { readNextInvoice } from '@/lib/subscriptions/next-invoice'
import { changePlan, previewPlanChange } from '@/lib/subscriptions/plan-change'
import { cancelSubscription, startTrial } from '@/lib/subscriptions/subscription-commands'
import { createProductFixture, type ProductFixture } from '@/lib/testing/organization-fixture'

const DAY = 86_400_000
const VAT = { name: 'VAT', basisPoints: 1900, note: null }

let product: ProductFixture
beforeAll(async () => {
  product = await createProductFixture()
  await priceCents(product.db)
})
afterAll(() => product.close())

const billingAt = (now: number) => invoicing(now, async () => ({ ...PARTIES, tax: VAT }))
const at = (ctx: Context<UserPrincipal>, now: number) => buildContext({ ...ctx, now })
const today = () => Math.floor(Date.now() / DAY) * DAY

async function choose(ctx: Context, plan: (typeof PLAN_IDS)[number]) {
  const { basis } = await previewPlanChange(ctx, { plan })
  await changePlan(ctx, billingAt(ctx.now), { plan, basis })
}

const wish = fc.record({
  begun: fc.integer({ min: 3, max: 27 }),
  more: fc.integer({ min: 0, max: 4 }),
  plan: fc.constantFrom(...PLAN_IDS.slice(1)),
  next: fc.constantFrom('nothing', 'cancel', 'starter', 'trial'),
  cents: fc.integer({ min: 1, max: 90_000 }),
  credit: fc.integer({ min: 0, max: 40_000 }),
})

it('is the invoice that the end of the period makes, to the line and the cent', async () => {
  await fc.assert(
    fc.asyncProperty(wish, async ({ begun, more, plan, next, cents, credit }) => {
      const organization = await organizationOf(product, today() - begun * DAY)
      const admin = await organization.member('ADMIN')
      for (let count = 0; count < more; count++) await organization.member('MEMBER')
      const now = at(admin, today())
      await spend(await spender(organization, admin), cents, { occurredAt: today() - 2 * DAY })
      if (next === 'trial') await startTrial(now, billingAt(now.now), { plan })
      else await choose(now, plan)
      if (next === 'cancel') await cancelSubscription(now, billingAt(now.now))
      if (next === 'starter') await choose(at(admin, today() + 1), 'STARTER')
      const { period } = await readNextInvoice(now, { tax: VAT })
      const given = [feeLine(BigInt(-credit), period)]
      if (credit > 0) await charge(product.db, organization.id, given, { at: now.now })
      const subject = { organizationId: organization.id, now: period.to - 1 }
      // A trial that ends on the way has an invoice of its own.
      await advanceSubscription(product.db, billingAt(subject.now), subject)
      const before = await listInvoices(admin)
      const last = at(admin, subject.now)
      const { lines, totals } = await readNextInvoice(last, { tax: VAT })
      await advanceSubscription(product.db, billingAt(period.to), { ...subject, now: period.to })
      const after = await listInvoices(admin)
      const [made] = after.items.slice(0, after.totalCount - before.totalCount)
      expect(lines).toEqual(made?.snapshot.lines ?? [])
      expect(totals).toEqual(made?.snapshot.totals ?? expect.objectContaining({ totalCents: 0n }))
    }),
    { numRuns: 30 },
  )
}, 120_000)

it('expects what models will still cost on top of every line, with tax', async () => {
  const organization = await organizationOf(product, today() - 20 * DAY)
  const admin = at(await organization.member('ADMIN'), today())
  const program = await spender(organization, admin)
  for (let day = 1; day <= 10; day++) await spend(program, 700, { occurredAt: today() - day * DAY })
  const { totals, expected } = await readNextInvoice(admin, { tax: VAT })
  if (!expected) throw new Error('Ten days of usage are enough to expect something.')
  const { amount, low, spent } = expected.projection
  const rest = centsOfNano(amount - spent)
  expect(rest).toBeGreaterThan(0n)
  expect(expected.cents).toBe(totals.totalCents + rest + (rest * 19n + 50n) / 100n)
  expect(low).toBeLessThanOrEqual(amount)
  expect(expected.lowCents).toBeLessThanOrEqual(expected.cents)
  expect(expected.highCents).toBeGreaterThanOrEqual(expected.cents)
})

it('is empty, and expects nothing, where nothing was used and no fee is due', async () => {
  const organization = await product.organization()
  const finance = await organization.member('FINANCE')
  const { lines, totals, expected } = await readNextInvoice(finance, { tax: null })
  expect({ lines, due: totals.dueCents, expected }).toEqual({ lines: [], due: 0n, expected: null })
})
