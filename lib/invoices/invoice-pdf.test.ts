import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { feeLine, PARTIES } from '@/lib/invoices/invoice-fixture'
import { type DraftLine, invoiceLines, planLine, totalsOf } from '@/lib/invoices/invoice-line'
import { renderInvoicePdf } from '@/lib/invoices/invoice-pdf'
import {
  type InvoiceSnapshot,
  snapshotFromJson,
  snapshotToJson,
} from '@/lib/invoices/invoice-snapshot'
import { type StructureElement, structureOf } from '@/lib/invoices/pdf-structure-fixture'
import { elementsOf, type ReadPage, readPdf } from '@/lib/testing/pdf-reading'

const { buyer: BUYER, seller: SELLER } = PARTIES
const AT = Date.UTC(2026, 6, 1, 3)
const JUNE = { from: Date.UTC(2026, 5, 1), to: Date.UTC(2026, 6, 1) }
const MAY = { from: Date.UTC(2026, 4, 1), to: Date.UTC(2026, 5, 1) }

function call(number: number, traits: Partial<DraftLine> = {}): DraftLine {
  return {
    kind: 'MODEL',
    key: `home/${number}`,
    description: `home model-${number}`,
    quantity: BigInt(number) * 1_234_567n,
    unit: 'TOKEN',
    nano: BigInt(100 - number) * 1_234_567_891n,
    cents: 0n,
    period: JUNE,
    isLate: false,
    provider: 'home',
    model: `model-${number}`,
    ...traits,
  }
}

function invoice(drafts: DraftLine[], traits: Partial<InvoiceSnapshot> = {}): InvoiceSnapshot {
  const lines = invoiceLines(drafts, null)
  return {
    version: 1,
    kind: 'INVOICE',
    number: 'INV-2026-000042',
    issuedAt: AT,
    dueAt: AT + 14 * 86_400_000,
    period: JUNE,
    corrects: null,
    ...PARTIES,
    currency: 'USD',
    lines,
    totals: totalsOf(lines, 0n),
    ...traits,
  }
}

const SHORT = invoice([planLine(feeLine(29_900n, JUNE))])
const LONG = invoice([
  planLine(feeLine(29_900n, JUNE)),
  ...Array.from({ length: 60 }, (_, number) => call(number)),
  call(70, { isLate: true, period: MAY }),
])

function all(elements: readonly StructureElement[], type: string): StructureElement[] {
  return elements.flatMap((element) => [
    ...(element.type === type ? [element] : []),
    ...all(element.children, type),
  ])
}

describe('an invoice as PDF', () => {
  it('has the same bytes whenever it is made, also from its stored snapshot', async () => {
    const first = await renderInvoicePdf(LONG)
    await renderInvoicePdf(SHORT)
    const stored = snapshotFromJson(JSON.parse(snapshotToJson(LONG)))
    expect(stored).toEqual(LONG)
    expect((await renderInvoicePdf(stored)).equals(first)).toBe(true)
  })

  it('tells readers its language, its title and that it is tagged', async () => {
    const pdf = await renderInvoicePdf(SHORT)
    expect(await readPdf(pdf)).toMatchObject({
      title: 'Invoice INV-2026-000042 for Acme Robotics GmbH',
      language: 'en',
      showsTitle: true,
      isMarked: true,
      accessibilityPart: '1',
    })
    const text = pdf.toString('latin1')
    expect(text).toMatch(/\/FontFile2 \d+ 0 R/)
    expect(text).not.toMatch(/\/BaseFont \/Helvetica/)
  })

  it('has a heading, tables with head cells, and nothing that readers would not find', async () => {
    const pdf = await renderInvoicePdf(LONG)
    const read = await readPdf(pdf)
    expect(elementsOf(read, 'H1').map(({ text }) => text)).toEqual(['Invoice'])
    const headings = elementsOf(read, 'H2').map(({ text }) => text)
    expect(headings).toContain('Model usage, 1 to 30 June 2026 $5,222.22')
    expect(headings.slice(-2)).toEqual(['How to pay', 'Notes'])
    expect(elementsOf(read, 'P').map(({ text }) => text)).toEqual([
      ...['Fruxon, Inc.', 'Invoice number INV-2026-000042', 'Issued 1 July 2026'],
      ...['Due 15 July 2026', 'Billing period, UTC 1 to 30 June 2026'],
      ...[BUYER.name, ...BUYER.lines, ...BUYER.taxIds, BUYER.email],
      ...[SELLER.name, ...SELLER.lines, ...SELLER.taxIds, SELLER.email],
      ...['Amount due $5,558.26', 'Please pay by 15 July 2026.', ...SELLER.payment],
      'Give INV-2026-000042 as the reference.',
      expect.stringMatching(/^Days are UTC\./),
    ])
    const heads = elementsOf(read, 'TH', 'THead').map(({ text }) => text)
    const head = ['Line', 'Description', 'Quantity', 'Exact, USD', 'Amount']
    expect(heads).toEqual([...head, ...head, ...head])
    const rows = elementsOf(read, 'TR', 'TBody')
    expect(rows.map(({ children }) => children.length)).toEqual([
      ...Array(62).fill(5),
      ...Array(4).fill(2),
    ])
    for (const { children } of rows) {
      const [, label] = children.length === 5 ? children : [null, children[0]]
      expect(label?.role).toBe('TH')
      expect(children.filter(({ role }) => role === 'TD')).toHaveLength(children.length - 1)
      expect(children.every(({ role, text }) => role === 'TD' || text !== '')).toBe(true)
    }
    for (const { root, unmarked } of read.pages) {
      expect(unmarked).toEqual([])
      expect(root.children.map(({ role }) => role)).toEqual(['Document'])
    }
  })

  it('says which cells are read before which', async () => {
    const [document, ...others] = structureOf(await renderInvoicePdf(LONG))
    expect([document?.type, others]).toEqual(['Document', []])
    const tables = all(document ? [document] : [], 'Table')
    // Plan, model usage, late usage, and the totals; one that goes on overleaf is still one.
    expect(tables.map((table) => all([table], 'TR').length)).toEqual([2, 61, 2, 4])
    for (const table of tables.slice(0, 3)) {
      const head = all(all([table], 'THead'), 'TH')
      expect(head.map(({ scope }) => scope)).toEqual(Array(5).fill('Column'))
      for (const row of all(all([table], 'TBody'), 'TR')) {
        const scopes = row.children.map(({ type, scope }) => scope ?? type)
        expect(scopes).toEqual(['TD', 'Row', 'TD', 'TD', 'TD'])
      }
    }
    for (const cell of [...all(tables, 'TD'), ...all(tables, 'TH')])
      expect(cell.hasContent).toBe(true)
  })

  it('begins each page with the head of its table, and keeps the end together', async () => {
    const rowsOf = (page: ReadPage) => elementsOf({ pages: [page] }, 'TR', 'TBody')
    let longest = 0
    for (let calls = 4; calls < 9; calls++) {
      const drafts = Array.from({ length: calls }, (_, number) => call(number))
      const { pages } = await readPdf(
        await renderInvoicePdf(invoice([planLine(feeLine(29_900n, JUNE)), ...drafts])),
      )
      const last = pages.at(-1)
      const cells = last ? rowsOf(last).map(({ children }) => children.length) : []
      expect(cells, `${calls} calls`).toEqual([...Array(cells.length - 4).fill(5), 2, 2, 2, 2])
      expect(cells.length, `${calls} calls`).toBeGreaterThan(4)
      expect(last && elementsOf({ pages: [last] }, 'H2').at(-1)?.text).toBe('Notes')
      for (const page of pages.slice(1)) {
        expect(page.decoration).toMatch(/^Model usage, 1 to 30 June 2026, continued Line Descr/)
      }
      expect(pages.map(({ decoration }) => /Page \d+ of \d+$/.exec(decoration)?.[0])).toEqual(
        pages.map((_, place) => `Page ${place + 1} of ${pages.length}`),
      )
      longest = Math.max(longest, pages.length)
    }
    expect(longest).toBe(2)
  })

  it('breaks no amount, however large', async () => {
    const large = call(1, { nano: 9_000_000_000_123_456_789n, quantity: 123_456_789_012_345n })
    const read = await readPdf(await renderInvoicePdf(invoice([large])))
    const texts = elementsOf(read, 'TD').map(({ text }) => text)
    expect(texts).toEqual(
      expect.arrayContaining([
        '123,456,789,012,345 tokens',
        '$9,000,000,000.123456789',
        '$9,000,000,000.12',
      ]),
    )
    expect(elementsOf(read, 'P').map(({ text }) => text)).toContain('Amount due $9,000,000,000.12')
  })

  it('says names that its fonts lack, though it cannot show them', async () => {
    const name = 'Пример 株式会社サンプル (Tōkyō) \\ 🚀'
    const buyer = { ...PARTIES.buyer, name }
    const tree = structureOf(await renderInvoicePdf({ ...SHORT, buyer }))
    const said = all(tree, 'P').flatMap(({ actualText }) => actualText ?? [])
    expect(said).toEqual([name])
  })

  it('takes names of any length and credit notes', async () => {
    const buyer = {
      ...PARTIES.buyer,
      name: 'x'.repeat(500),
      lines: Array(12).fill('Ä'.repeat(120)),
    }
    const wide = call(1, { description: 'm'.repeat(400), quantity: 9_000_000_000_000_000_000n })
    const pdf = await renderInvoicePdf({ ...invoice([wide, wide]), buyer })
    for (const { unmarked } of (await readPdf(pdf)).pages) expect(unmarked).toEqual([])
    const note = await renderInvoicePdf({
      ...SHORT,
      ...{ kind: 'CREDIT_NOTE', number: 'CN-2026-000001', dueAt: null },
      corrects: { number: SHORT.number, issuedAt: AT, reason: 'A reason. '.repeat(40) },
    })
    expect(all(structureOf(note), 'Table')).toHaveLength(2)
  })
})

const POPPLER = spawnSync('pdfinfo', ['-v']).error === undefined

describe('by a third reader', () => {
  it('has the same structure and text', async ({ skip }) => {
    skip(!POPPLER, 'pdfinfo of poppler-utils is not installed here')
    const folder = mkdtempSync(join(tmpdir(), 'fruxon-invoice-'))
    try {
      const file = join(folder, 'invoice.pdf')
      writeFileSync(file, await renderInvoicePdf(LONG))
      const said = (option: string) => execFileSync('pdfinfo', [option, file], { encoding: 'utf8' })
      expect(said('-meta')).toContain('pdfuaid')
      expect(said('-struct')).toMatch(/^Document\n {2}H1 /)
      const text = said('-struct-text')
      expect(text.match(/\bTH:/g)).toHaveLength(3 * 5 + 62 + 4)
      expect(text).toContain('"Invoice number INV-2026-000042"')
      expect(text).toContain('"home model-59"')
      const stderr = spawnSync('pdfinfo', [file], { encoding: 'utf8' }).stderr
      expect(stderr).toBe('')
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
})
