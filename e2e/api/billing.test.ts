import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type SignedIn, signedIn } from '@/e2e/api/support/session'
import { createWorld, type Organization, type World } from '@/e2e/api/support/world'
import { cellsOf } from '@/e2e/support/csv'
import { newId } from '@/lib/ids'
import { charge, close, feeLine, PARTIES } from '@/lib/invoices/invoice-fixture'
import type { InvoiceParties } from '@/lib/invoices/issue-invoice'

const DAY_MS = 86_400_000
/** A name that a spreadsheet would run. */
const BUYER = '=cmd|calc!A1, "GmbH"'
const PERIOD = { from: Date.UTC(2026, 8, 7), to: Date.UTC(2026, 9, 7) }

let world: World
let org: Organization
let asAdmin: SignedIn
let asFinance: SignedIn
let asMember: SignedIn
let invoiceIds: string[]

beforeAll(async () => {
  world = await createWorld()
  org = await world.organization()
  asAdmin = await signedIn(world, await org.person('ADMIN'))
  asFinance = await signedIn(world, await org.person('FINANCE'))
  asMember = await signedIn(world, await org.person('MEMBER'))
  const tax = { name: 'VAT', basisPoints: 1900, note: null }
  const parties: InvoiceParties = { ...PARTIES, buyer: { ...PARTIES.buyer, name: BUYER }, tax }
  const first = await charge(world, org.id, [feeLine(29_900n, PERIOD)], {
    at: PERIOD.from,
    parties,
  })
  const closing = await close(world, {
    organizationId: org.id,
    period: PERIOD,
    at: PERIOD.to,
    nextFee: [feeLine(29_900n, PERIOD), feeLine(-4_950n, PERIOD)],
    parties,
  })
  invoiceIds = [first, closing.invoice?.id ?? '']
})
afterAll(() => world.close())

interface WireInvoice {
  id: string
  number: string
  total: string
  issuedAt: number
}

const path = (rest: string) => `${org.path}/${rest}`
const cents = (text: string) => Math.round(Number(text) * 100)

async function listed(): Promise<WireInvoice[]> {
  return (await asFinance.get(path('invoices'))).json<{ items: WireInvoice[] }>().items
}

describe('invoices', () => {
  it('are listed newest first, page by page, with amounts as decimal text', async () => {
    const page = await asFinance.get(path('invoices?pageSize=1'))
    const { nextPageToken } = page.json<{ nextPageToken: string }>()
    expect(page.json()).toMatchObject({
      totalCount: 2,
      items: [
        {
          id: invoiceIds[1],
          number: expect.stringMatching(/^INV-2026-\d{6}$/),
          kind: 'INVOICE',
          state: 'OPEN',
          isPastDue: true,
          issuedAt: PERIOD.to,
          dueAt: PERIOD.to + 14 * DAY_MS,
          periodStart: PERIOD.from,
          periodEnd: PERIOD.to,
          correctsId: null,
          currency: 'USD',
          subtotal: '249.50',
          tax: '47.40',
          total: '296.90',
          credit: '0.00',
          due: '296.90',
          owed: '296.90',
        },
      ],
    })
    const next = await asFinance.get(path(`invoices?pageSize=1&pageToken=${nextPageToken}`))
    expect(next.json()).toMatchObject({ nextPageToken: '', items: [{ id: invoiceIds[0] }] })
  })

  it('have lines that add up to their total, seller, buyer and what came of them', async () => {
    for (const person of [asAdmin, asFinance]) {
      const invoice = (await person.get(path(`invoices/${invoiceIds[1]}`))).json<{
        lines: { amount: string; taxAmount: string }[]
        total: string
      }>()
      expect(invoice).toMatchObject({
        buyer: { name: BUYER },
        seller: { name: PARTIES.seller.name, payment: PARTIES.seller.payment },
        taxName: 'VAT',
        taxPercent: 19,
        payments: [],
        creditNotes: [],
      })
      const sum = invoice.lines.reduce((s, l) => s + cents(l.amount) + cents(l.taxAmount), 0)
      expect(sum).toBe(cents(invoice.total))
      expect(invoice.lines).toHaveLength(2)
    }
  })

  it('are PDFs with the same bytes each time, named by their number', async () => {
    const [newest] = await listed()
    const fetched = async () => {
      const answer = await fetch(`${world.product.url}${path(`invoices/${newest?.id}:pdf`)}`, {
        headers: { Cookie: asFinance.cookie },
      })
      expect(answer.status).toBe(200)
      expect(answer.headers.get('content-type')).toBe('application/pdf')
      expect(answer.headers.get('cache-control')).toBe('no-store')
      expect(answer.headers.get('content-disposition')).toBe(
        `attachment; filename="${newest?.number}.pdf"`,
      )
      return Buffer.from(await answer.arrayBuffer())
    }
    const bytes = await fetched()
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-')
    expect((await fetched()).equals(bytes)).toBe(true)
  })

  it('of others, and such as are not, are the 404 of nothing', async () => {
    const other = await world.organization()
    const stranger = await signedIn(world, await other.person('ADMIN'))
    for (const verb of ['', ':pdf']) {
      expect((await stranger.get(`${other.path}/invoices/${invoiceIds[0]}${verb}`)).status).toBe(
        404,
      )
      expect((await stranger.get(path(`invoices/${invoiceIds[0]}${verb}`))).status).toBe(404)
      expect((await asFinance.get(path(`invoices/${newId()}${verb}`))).status).toBe(404)
      expect((await asFinance.get(path(`invoices/x${verb}`))).status).toBe(404)
    }
  })
})

describe('the export', () => {
  it('has every line, adds up to the documents, and runs nothing in a spreadsheet', async () => {
    const answer = await asFinance.get(path('billing:export'))
    expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8')
    expect(answer.headers['content-disposition']).toMatch(/^attachment; filename="invoices-org-/)
    const [header = [], ...rows] = cellsOf(answer.text)
    const column = (name: string) => header.indexOf(name)
    expect(rows).toHaveLength(3)
    for (const { number, total } of await listed()) {
      const lines = rows.filter((row) => row[column('document')] === number)
      const sum = lines.reduce((s, row) => s + cents(row[column('gross_usd')] ?? ''), 0)
      expect(sum).toBe(cents(total))
      for (const row of lines) {
        expect(row).toHaveLength(header.length)
        expect(row[column('document_gross_usd')]).toBe(total)
        expect(row[column('buyer')]).toBe(`'${BUYER}`)
        expect(row[column('tax_percent')]).toBe('19')
      }
    }
    // A number, not a formula made harmless: columns can be added up.
    expect(rows.map((row) => row[column('net_usd')])).toEqual(['299.00', '299.00', '-49.50'])
  })

  it('holds no connection to the database for those who only ask after it', async () => {
    // More than there are connections.
    for (let call = 0; call < 30; call++) {
      const answer = await world.call({
        method: 'HEAD',
        path: path('billing:export'),
        headers: { Cookie: asFinance.cookie },
      })
      expect([answer.status, answer.text]).toEqual([200, ''])
      expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8')
    }
    expect((await asFinance.get(path('billing'))).status).toBe(200)
  })

  it('keeps to its range', async () => {
    const linesOf = async (query: string) =>
      cellsOf((await asFinance.get(path(`billing:export?${query}`))).text).length - 1
    expect(await linesOf(`to=${PERIOD.to}`)).toBe(1)
    expect(await linesOf(`from=${PERIOD.to}`)).toBe(2)
    expect(await linesOf(`from=${PERIOD.to + 1}`)).toBe(0)
    const refused = await asFinance.get(path('billing:export?from=yesterday'))
    expect(refused.json()).toMatchObject({ status: 400, code: 'validation_failed' })
  })
})

describe('billing', () => {
  it('says which plan there is and what the period under way costs so far', async () => {
    const answer = (await asAdmin.get(path('billing'))).json<{
      openPeriod: { periodStart: number; periodEnd: number }
    }>()
    expect(answer).toMatchObject({
      state: 'ACTIVE',
      plan: { id: 'STARTER', version: 1, name: 'Starter' },
      nextPlan: null,
      provider: 'LEDGER',
      nextFee: null,
      currency: 'USD',
      creditBalance: '0.00',
      openPeriod: { lines: [], subtotal: '0.00', tax: '0.00', total: '0.00' },
    })
    const { periodStart, periodEnd } = answer.openPeriod
    expect(periodStart).toBeLessThanOrEqual(Date.now())
    expect(periodEnd).toBeGreaterThan(Date.now())
  })

  it('is for admins and finance: members are refused, and so is who is not signed in', async () => {
    const paths = ['billing', 'billing:export', 'invoices', `invoices/${invoiceIds[0]}`]
    for (const one of [...paths, `invoices/${invoiceIds[0]}:pdf`]) {
      const refused = await asMember.get(path(one))
      expect(refused.json(), one).toMatchObject({ status: 403, code: 'insufficient_scope' })
      expect((await world.call({ path: path(one) })).status, one).toBe(401)
      expect((await asAdmin.get(path(one))).status, one).toBe(200)
    }
  })
})
