import pino from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { UserPrincipal } from '@/lib/access/principal'
import { verifyAuditChain } from '@/lib/audit/verify'
import { organizationOf } from '@/lib/billing/billing-fixture'
import { saveBillingDetails } from '@/lib/billing/details'
import { buildContext, type Context } from '@/lib/context'
import { readEnvironment } from '@/lib/env'
import { type Invoice, listInvoices } from '@/lib/invoices/invoices'
import { type Issuer, openIssuer } from '@/lib/invoices/issuer'
import { recordPayment } from '@/lib/invoices/payments'
import { runBilling } from '@/lib/jobs/billing'
import { noticesOf, outboxOf } from '@/lib/notifications/notifications-fixture'
import { settlingAfter } from '@/lib/subscriptions/collection'
import { changePlan, previewPlanChange } from '@/lib/subscriptions/plan-change'
import { readSubscription } from '@/lib/subscriptions/queries'
import { startTrial } from '@/lib/subscriptions/subscription-commands'
import { createProductFixture, type ProductFixture } from '@/lib/testing/organization-fixture'

const DAY_MS = 86_400_000
const utc = (text: string) => Date.parse(`${text}T00:00:00Z`)

type Person = Context<UserPrincipal>

let product: ProductFixture
let issuer: Issuer
let crypto: Person['crypto']
beforeAll(async () => {
  product = await createProductFixture()
  crypto = (await (await product.organization()).member('ADMIN')).crypto
  const environment = readEnvironment({
    SELLER_NAME: 'Fruxon, Inc.',
    SELLER_ADDRESS: '1 Example Street | San Francisco, CA 94105',
    SELLER_EMAIL: 'billing@fruxon.example',
    SELLER_IBAN: 'DE89370400440532013000',
    TAX_NAME: 'VAT',
    TAX_PERCENT: '19',
  })
  issuer = openIssuer(environment, crypto.emailLinks)
})
afterAll(() => product.close())

const runtimeWith = (billing: Issuer, lines: string[] = []) => ({
  db: product.db,
  billing,
  crypto,
  log: pino({ level: 'error' }, { write: (line: string) => lines.push(line) }),
})
const run = (now: number) => runBilling(runtimeWith(issuer), now)
const at = (ctx: Person, now: number) => buildContext({ ...ctx, now })

async function invoicesOf(ctx: Person): Promise<Invoice[]> {
  return [...(await listInvoices(ctx, { pageSize: 100 })).items].reverse()
}
const kindsOf = async ({ principal }: Person) =>
  (await noticesOf(product.db, principal.userId)).map(({ kind }) => kind)
const stateAt = async (ctx: Person, now: number) => (await readSubscription(at(ctx, now))).state

/** Of the 31st of January, on the plan Team from the 14th of February on. */
async function customer() {
  const organization = await organizationOf(product, utc('2026-01-31'))
  const admin = await organization.member('ADMIN')
  const finance = await organization.member('FINANCE')
  const now = utc('2026-02-14')
  const emails = [`${organization.slug}@books.example`, `${organization.slug}@copy.example`]
  await saveBillingDetails(at(admin, now), {
    emails,
    company: 'Acme Robotics GmbH',
    line1: 'Beispielstraße 12',
    line2: '',
    city: 'Berlin',
    region: '',
    postalCode: '10115',
    country: 'DE',
    taxId: null,
  })
  const { basis } = await previewPlanChange(at(admin, now), { plan: 'TEAM' })
  await changePlan(at(admin, now), issuer.portAt(now), { plan: 'TEAM', basis })
  return { organization, admin, finance, emails }
}

async function pay(organizationId: string, { id, owedCents }: Invoice, now: number) {
  await settlingAfter(product.db, issuer, { organizationId, now }, (client) =>
    recordPayment(
      client,
      {
        ...{ organizationId, invoiceId: id, cents: owedCents, method: 'BANK_TRANSFER', at: now },
        ...{ receivedAt: now, reference: `transfer ${id}`, recordedBy: 'Olga' },
      },
      issuer.news,
    ),
  )
}

describe('months of billing, a run each day', () => {
  it('bill every period once, fall past due, and recover with the payment', async () => {
    const { organization, admin, finance, emails } = await customer()
    for (let now = utc('2026-02-15'); now < utc('2026-06-05'); now += DAY_MS) {
      expect((await run(now)).failed).toBe(0)
      const isLate = now > utc('2026-02-28')
      expect(await stateAt(admin, now), new Date(now).toISOString()).toBe(
        isLate ? 'PAST_DUE' : 'ACTIVE',
      )
    }
    const invoices = await invoicesOf(finance)
    expect(invoices.map(({ snapshot }) => new Date(snapshot.issuedAt).toISOString())).toEqual(
      ['02-14', '02-28', '03-31', '04-30', '05-31'].map((day) => `2026-${day}T00:00:00.000Z`),
    )
    expect(invoices.map(({ snapshot }) => snapshot.totals.totalCents)).toEqual([
      // 14 of 28 days, then whole periods; with 19% tax.
      17_791n,
      35_581n,
      35_581n,
      35_581n,
      35_581n,
    ])
    const told = await kindsOf(finance)
    expect(told.filter((kind) => kind === 'invoice-issued')).toHaveLength(5)
    // The last one is not due yet.
    expect(told.filter((kind) => kind === 'payment-overdue')).toHaveLength(4)
    for (const email of emails) {
      const sent = await outboxOf(product.db, email)
      expect(sent.map(({ facts }) => facts.number)).toEqual(
        invoices.map(({ snapshot }) => snapshot.number),
      )
    }
    const now = utc('2026-06-05')
    for (const invoice of invoices.slice(0, 3)) await pay(organization.id, invoice, now)
    expect(await stateAt(admin, now)).toBe('PAST_DUE')
    for (const invoice of invoices.slice(3, 4)) await pay(organization.id, invoice, now)
    expect(await stateAt(admin, now)).toBe('ACTIVE')
    expect((await kindsOf(finance)).filter((kind) => kind === 'payment-recorded')).toHaveLength(4)
    const chain = await verifyAuditChain(product.db, { organizationId: organization.id })
    expect(chain).toMatchObject({ ok: true })
  }, 60_000)

  it('tell finance what an admin did, and not that admin', async () => {
    const { admin, finance } = await customer()
    expect(await kindsOf(finance)).toContain('subscription-changed')
    expect(await kindsOf(admin)).not.toContain('subscription-changed')
  })
})

describe('a run', () => {
  it('catches up after months without one, whoever runs at once', async () => {
    const { organization, finance } = await customer()
    const now = utc('2026-07-10')
    const runs = await Promise.all(Array.from({ length: 6 }, () => run(now)))
    expect(runs.every(({ failed }) => failed === 0)).toBe(true)
    const { rows } = await product.db.pool.query(
      'SELECT period_from FROM billing.closed_period WHERE organization_id = $1',
      [organization.id],
    )
    expect(rows).toHaveLength(5)
    expect(await invoicesOf(finance)).toHaveLength(6)
    expect(await run(now)).toEqual({ closed: 0, failed: 0 })
  })

  it('goes on to the others where one fails, and tries that one again', async () => {
    const [first, broken, last] = [await customer(), await customer(), await customer()]
    const failing: Issuer = {
      ...issuer,
      portAt(now) {
        const port = issuer.portAt(now)
        return {
          ...port,
          closePeriod: (client, closed) =>
            closed.organizationId === broken.organization.id
              ? Promise.reject(new Error('The invoice could not be made.'))
              : port.closePeriod(client, closed),
        }
      },
    }
    const lines: string[] = []
    const now = utc('2026-03-02')
    const { failed } = await runBilling(runtimeWith(failing, lines), now)
    // At the end of the period, and where its overdue invoice is looked at.
    expect(failed).toBe(2)
    expect(lines.every((line) => line.includes(broken.organization.id))).toBe(true)
    for (const { finance } of [first, last]) expect(await invoicesOf(finance)).toHaveLength(2)
    expect(await invoicesOf(broken.finance)).toHaveLength(1)
    expect(await run(now)).toEqual({ closed: 1, failed: 0 })
    expect(await invoicesOf(broken.finance)).toHaveLength(2)
  })

  it('tells once of a trial that ends in three days, unless it was cancelled', async () => {
    const organization = await organizationOf(product, utc('2026-01-31'))
    const admin = await organization.member('ADMIN')
    const finance = await organization.member('FINANCE')
    const begun = utc('2026-02-03')
    const port = issuer.portAt(begun)
    const { trialEndsAt } = await startTrial(at(admin, begun), port, { plan: 'BUSINESS' })
    const ends = trialEndsAt ?? 0
    const trialNews = async () =>
      (await noticesOf(product.db, finance.principal.userId)).filter(
        ({ kind }) => kind === 'trial-ending',
      )
    await run(ends - 3 * DAY_MS - 1)
    expect(await trialNews()).toEqual([])
    for (const early of [3 * DAY_MS, 2 * DAY_MS, 1]) await run(ends - early)
    expect(await trialNews()).toMatchObject([
      { facts: { plan: 'Business', endsAt: ends, fee: '$1,499.00' }, email: 'INSTANT' },
    ])
    await run(ends)
    expect(await stateAt(admin, ends)).toBe('ACTIVE')
    expect(await invoicesOf(finance)).toHaveLength(1)
  })

  it('tells members nothing', async () => {
    const { organization } = await customer()
    const member = await organization.member('MEMBER')
    await run(utc('2026-04-01'))
    expect(await noticesOf(product.db, member.principal.userId)).toEqual([])
  })
})
