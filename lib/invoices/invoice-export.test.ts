import { afterAll, beforeAll, expect, it } from 'vitest'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import { issueCreditNote } from '@/lib/invoices/credit-note'
import { exportInvoices } from '@/lib/invoices/invoice-export'
import { charge, feeLine, PARTIES } from '@/lib/invoices/invoice-fixture'
import { listInvoices } from '@/lib/invoices/invoices'
import type { InvoiceParties } from '@/lib/invoices/issue-invoice'
import { voidInvoice } from '@/lib/invoices/void-invoice'
import { createProductFixture, type ProductFixture } from '@/lib/testing/organization-fixture'

const AT = Date.UTC(2026, 4, 1)
const PERIOD = { from: AT, to: Date.UTC(2026, 5, 1) }
/** More than are fetched at once. */
const LINES = 2100

let product: ProductFixture
beforeAll(async () => {
  product = await createProductFixture()
})
afterAll(() => product.close())

const cents = (text = '') => BigInt(text.replace('.', ''))

it('adds up to each document, below 0 for what is given back, and names what is void', async () => {
  const organization = await product.organization()
  const finance = await organization.member('FINANCE')
  const tax = { name: 'VAT', basisPoints: 1900, note: null }
  const parties: InvoiceParties = { ...PARTIES, tax }
  const lines = Array.from({ length: LINES }, (_, place) => feeLine(BigInt(place + 1), PERIOD))
  const large = await charge(product.db, organization.id, lines, { at: AT, parties })
  const twice = await charge(product.db, organization.id, [feeLine(500n, PERIOD)], { at: AT + 1 })
  const decision = { organizationId: organization.id, reason: '-1+1', operator: 'Olga', at: AT + 2 }
  await sqlTransaction(product.db.pool, (client) =>
    voidInvoice(client, { ...decision, invoiceId: twice }),
  )
  const corrections = [{ line: 1, cents: 33n }]
  await sqlTransaction(product.db.pool, (client) =>
    issueCreditNote(client, { ...decision, invoiceId: large, corrections }),
  )

  let text = ''
  for await (const chunk of await exportInvoices(finance, { from: null, to: null })) text += chunk
  const [header = '', ...rows] = text.trimEnd().split('\r\n')
  const names = header.split(',')
  const cells = rows.map((row) => {
    const values = row.split(',')
    // Only the seller, buyer and descriptions could hold commas, and here they do not.
    expect(values).toHaveLength(names.length)
    return Object.fromEntries(names.map((name, place) => [name, values[place] ?? '']))
  })
  expect(cells).toHaveLength(LINES + 2)
  const { items } = await listInvoices(finance)
  expect(items.map(({ state }) => state)).toEqual(['ISSUED', 'VOID', 'OPEN'])
  for (const { snapshot, state } of items) {
    const own = cells.filter(({ document }) => document === snapshot.number)
    const sign = snapshot.kind === 'CREDIT_NOTE' ? -1n : 1n
    const total = sign * snapshot.totals.totalCents
    expect(own.reduce((sum, row) => sum + cents(row.gross_usd), 0n)).toBe(total)
    expect(own.reduce((sum, row) => sum + cents(row.tax_usd), 0n)).toBe(
      sign * snapshot.totals.taxCents,
    )
    for (const row of own) {
      expect(row).toMatchObject({ state, document_type: snapshot.kind })
      expect(cents(row.document_gross_usd)).toBe(total)
      expect(cents(row.exact_usd)).toBe(cents(row.net_usd) * 10_000_000n)
    }
  }
  expect(cells.at(-1)).toMatchObject({ net_usd: '-0.33', tax_usd: '-0.06', due_on: '' })
})

it('is refused before anything is read', async () => {
  const member = await (await product.organization()).member('MEMBER')
  await expect(exportInvoices(member, { from: null, to: null })).rejects.toMatchObject({
    kind: 'forbidden',
  })
})
