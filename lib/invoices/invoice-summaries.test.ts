import { afterAll, beforeAll, expect, it } from 'vitest'
import type { UserPrincipal } from '@/lib/access/principal'
import type { Context } from '@/lib/context'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import { issueCreditNote } from '@/lib/invoices/credit-note'
import { charge, feeLine } from '@/lib/invoices/invoice-fixture'
import { listInvoiceSummaries, listOverdueInvoices } from '@/lib/invoices/invoice-summaries'
import { createProductFixture, type ProductFixture } from '@/lib/testing/organization-fixture'

const DAY = 86_400_000
const JULY = { from: Date.UTC(2026, 6, 1), to: Date.UTC(2026, 7, 1) }

let product: ProductFixture
let finance: Context<UserPrincipal>
/** Three invoices, a day apart. */
let ids: string[]

beforeAll(async () => {
  product = await createProductFixture()
  const organization = await product.organization()
  finance = await organization.member('FINANCE')
  ids = []
  for (const [place, cents] of [10_000n, 20_000n, 30_000n].entries()) {
    const at = JULY.from + place * DAY
    ids.push(await charge(product.db, organization.id, [feeLine(cents, JULY)], { at }))
  }
})
afterAll(() => product.close())

const giveBack = (invoiceId: string, cents: bigint) =>
  sqlTransaction(product.db.pool, (client) =>
    issueCreditNote(client, {
      ...{ organizationId: finance.organization.id, invoiceId, reason: 'Outage', operator: 'Ops' },
      ...{ at: JULY.from + 5 * DAY, corrections: [{ line: 1, cents }] },
    }),
  )

it('lists invoices page by page, with their credit notes beside them', async () => {
  const [first = '', second = '', third = ''] = ids
  await giveBack(first, 4_000n)
  await giveBack(third, 30_000n)
  const page = await listInvoiceSummaries(finance, { pageSize: 2 })
  expect(page.items.map(({ id }) => id)).toEqual([third, second])
  expect(page.totalCount).toBe(3)
  const [paid, open] = page.items
  expect(paid).toMatchObject({ state: 'PAID', owedCents: 0n, totalCents: 30_000n })
  expect(paid?.creditNotes).toMatchObject([{ totalCents: 30_000n, reason: 'Outage' }])
  expect(open).toMatchObject({ state: 'OPEN', owedCents: 20_000n, creditNotes: [] })
  const rest = await listInvoiceSummaries(finance, { pageToken: page.nextPageToken })
  expect(rest.items).toMatchObject([
    { id: first, owedCents: 6_000n, creditNotes: [{ totalCents: 4_000n }] },
  ])
  expect(rest.nextPageToken).toBe('')
})

it('names what should have been paid, the oldest first, and only from the day after it was due', async () => {
  const [first, second] = ids
  const due = JULY.from + 14 * DAY
  expect(await listOverdueInvoices({ ...finance, now: due })).toEqual([])
  const [oldest, ...more] = await listOverdueInvoices({ ...finance, now: due + 1 })
  expect({ id: oldest?.id, isPastDue: oldest?.isPastDue, more }).toEqual({
    id: first,
    isPastDue: true,
    more: [],
  })
  const later = await listOverdueInvoices({ ...finance, now: due + 9 * DAY })
  expect(later.map(({ id }) => id)).toEqual([first, second])
})

it('is empty beside an organization that has invoices', async () => {
  const other = await (await product.organization()).member('ADMIN')
  expect(await listInvoiceSummaries(other)).toEqual({ items: [], nextPageToken: '', totalCount: 0 })
  expect(await listOverdueInvoices({ ...other, now: JULY.to })).toEqual([])
})
