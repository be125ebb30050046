import { afterAll, beforeAll, expect, it } from 'vitest'
import { organizationOf } from '@/lib/billing/billing-fixture'
import { saveBillingDetails } from '@/lib/billing/details'
import { PARTIES } from '@/lib/invoices/invoice-fixture'
import { partiesWith } from '@/lib/invoices/invoice-parties'
import { listInvoices } from '@/lib/invoices/invoices'
import { invoicing } from '@/lib/invoices/invoicing'
import { advanceSubscription } from '@/lib/subscriptions/advance'
import { createProductFixture, type ProductFixture } from '@/lib/testing/organization-fixture'

const DAY = 86_400_000
const CREATED = Date.UTC(2026, 0, 31, 9)
const parties = partiesWith(PARTIES.seller, null)

let product: ProductFixture
beforeAll(async () => {
  product = await createProductFixture()
})
afterAll(() => product.close())

/** Five members from the beginning, of whom the first plan includes three. */
async function organizationOfFive() {
  const organization = await organizationOf(product, CREATED)
  const members = await Promise.all(
    (['ADMIN', 'MEMBER', 'MEMBER', 'MEMBER', 'MEMBER'] as const).map((role) =>
      organization.member(role),
    ),
  )
  const [admin] = members
  const sql = (text: string, values: unknown[] = []) =>
    product.db.pool.query(text, [organization.id, ...values])
  await sql('DELETE FROM memberships WHERE organization_id = $1')
  await sql('DELETE FROM billing.seat_change WHERE organization_id = $1')
  await sql(
    `INSERT INTO memberships (organization_id, user_id, role, created_at)
     SELECT $1, id, 'MEMBER', $2 FROM unnest($3::uuid[]) AS id`,
    [new Date(CREATED), members.map(({ principal }) => principal.userId)],
  )
  if (!admin) throw new Error('There is an admin.')
  return { organization, admin }
}

it('bills each period that was missed once, to whom the details name, with its own days', async () => {
  const { organization, admin } = await organizationOfFive()
  await saveBillingDetails(admin, {
    ...{ emails: ['accounts@acme.example'], company: 'Acme Robotics GmbH' },
    ...{ line1: 'Beispielstraße 12', line2: '', postalCode: '10115', city: 'Berlin', region: '' },
    ...{ country: 'DE', taxId: { type: 'EU_VAT', value: 'DE136695976' } },
  })
  const now = Date.UTC(2026, 3, 2)
  const subject = { organizationId: organization.id, now }
  const closed = await Promise.all(
    [1, 2, 3].map(() => advanceSubscription(product.db, invoicing(now, parties), subject)),
  )
  expect(closed.map(({ length }) => length).sort()).toEqual([0, 0, 2])
  const { items } = await listInvoices(admin)
  // From 31 January to 28 February and to 31 March: two members too many on every day.
  expect(items.map(({ snapshot }) => snapshot.period).reverse()).toEqual([
    { from: Date.UTC(2026, 0, 31), to: Date.UTC(2026, 1, 28) },
    { from: Date.UTC(2026, 1, 28), to: Date.UTC(2026, 2, 31) },
  ])
  for (const { snapshot } of items) {
    const { from, to } = snapshot.period ?? { from: 0, to: 0 }
    expect(snapshot.lines).toMatchObject([
      { kind: 'SEATS', quantity: BigInt((2 * (to - from)) / DAY), cents: 3000n },
    ])
    expect(snapshot.issuedAt).toBe(now)
    expect(snapshot.buyer).toEqual({
      name: 'Acme Robotics GmbH',
      lines: ['Beispielstraße 12', '10115 Berlin', 'Germany'],
      email: 'accounts@acme.example',
      taxIds: ['EU VAT number DE136695976'],
    })
  }
})
