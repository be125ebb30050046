import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { UserPrincipal } from '@/lib/access/principal'
import { verifyAuditChain } from '@/lib/audit/verify'
import { organizationOf } from '@/lib/billing/billing-fixture'
import { buildContext, type Context } from '@/lib/context'
import { readCredits } from '@/lib/invoices/credits'
import { charge, feeLine, PARTIES } from '@/lib/invoices/invoice-fixture'
import { listInvoices } from '@/lib/invoices/invoices'
import { invoicing } from '@/lib/invoices/invoicing'
import { isUpgrade, PLAN_IDS } from '@/lib/plans/plan'
import { advanceSubscription } from '@/lib/subscriptions/advance'
import { changePlan, previewPlanChange } from '@/lib/subscriptions/plan-change'
import { createProductFixture, type ProductFixture } from '@/lib/testing/organization-fixture'

/** Subscriptions and invoices together: what is previewed is what the invoice says. */

const utc = (text: string) => Date.parse(`${text}T00:00:00Z`)

let product: ProductFixture
beforeAll(async () => {
  product = await createProductFixture()
})
afterAll(() => product.close())

const billingAt = (now: number) => invoicing(now, async () => PARTIES)
const at = (ctx: Context<UserPrincipal>, now: number) => buildContext({ ...ctx, now })

async function begun(createdAt: number) {
  const organization = await organizationOf(product, createdAt)
  return { organization, admin: await organization.member('ADMIN') }
}

async function totalsOf(ctx: Context) {
  const { items } = await listInvoices(ctx, { pageSize: 100 })
  return items.map(({ snapshot }) => snapshot.totals.totalCents).reverse()
}

it('invoices an upgrade at the total of its preview, and then the fee of each period', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...PLAN_IDS.slice(1)),
      fc.integer({ min: utc('2024-01-29'), max: utc('2027-04-01') }),
      fc.integer({ min: 0, max: 45 * 86_400_000 }),
      async (plan, createdAt, later) => {
        const { organization, admin } = await begun(createdAt)
        const now = createdAt + later
        const { totalCents, basis, comingFee } = await previewPlanChange(at(admin, now), { plan })
        await changePlan(at(admin, now), billingAt(now), { plan, basis })
        expect(await totalsOf(admin)).toEqual(totalCents === 0n ? [] : [totalCents])
        const end = comingFee?.at ?? 0
        const subject = { organizationId: organization.id, now: end }
        expect(await advanceSubscription(product.db, billingAt(end), subject)).toHaveLength(1)
        expect((await totalsOf(admin)).at(-1)).toBe(comingFee?.cents)
      },
    ),
    { numRuns: 25 },
  )
}, 60_000)

it('numbers and audits once what many ask for at once', async () => {
  const { organization, admin } = await begun(utc('2026-01-31'))
  const now = utc('2026-04-10')
  const previews = await Promise.all(
    PLAN_IDS.filter((plan) => isUpgrade('STARTER', plan)).map((plan) =>
      previewPlanChange(at(admin, now), { plan }),
    ),
  )
  const all = await Promise.allSettled([
    ...previews.map(({ to, basis }) =>
      changePlan(at(admin, now), billingAt(now), { plan: to.id, basis }),
    ),
    ...Array.from({ length: 6 }, () =>
      advanceSubscription(product.db, billingAt(now), { organizationId: organization.id, now }),
    ),
  ])
  expect(all.filter(({ status }) => status === 'rejected')).toHaveLength(previews.length - 1)
  const { items } = await listInvoices(admin, {})
  // Of the two periods that were missed nothing is due.
  expect(items).toHaveLength(1)
  expect(previews.map(({ totalCents }) => totalCents)).toContain(
    items[0]?.snapshot.totals.totalCents,
  )
  const { rows } = await product.db.pool.query(
    'SELECT period_from FROM billing.closed_period WHERE organization_id = $1',
    [organization.id],
  )
  expect(rows).toHaveLength(2)
  const chain = await verifyAuditChain(product.db, { organizationId: organization.id })
  expect(chain).toMatchObject({ ok: true, events: 2 })
})

it('uses up credit before anybody pays, and shows where it came from and went', async () => {
  const { organization, admin } = await begun(utc('2026-01-31'))
  const finance = await organization.member('FINANCE')
  const period = { from: utc('2026-01-31'), to: utc('2026-02-28') }
  await charge(product.db, organization.id, [feeLine(-10_000n, period)], { at: utc('2026-02-01') })
  const now = utc('2026-02-14')
  const { totalCents, basis } = await previewPlanChange(at(admin, now), { plan: 'TEAM' })
  expect(totalCents).toBe(14_950n)
  expect((await readCredits(finance)).balanceCents).toBe(10_000n)
  await changePlan(at(admin, now), billingAt(now), { plan: 'TEAM', basis })
  const { balanceCents, entries } = await readCredits(finance)
  expect(balanceCents).toBe(0n)
  expect(entries.map(({ cents, reason }) => [cents, reason])).toEqual([
    [-10_000n, 'USED'],
    [10_000n, 'INVOICE_BELOW_ZERO'],
  ])
  const { items } = await listInvoices(finance, {})
  expect(items[0]?.snapshot.totals).toMatchObject({ totalCents: 14_950n, dueCents: 4_950n })
  expect(entries.map(({ number }) => number)).toEqual(items.map(({ snapshot }) => snapshot.number))
})
