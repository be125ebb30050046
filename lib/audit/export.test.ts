import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exportAuditEvents } from '@/lib/audit/export'
import { type AuditFilter, listAuditEvents } from '@/lib/audit/queries'
import type { Context } from '@/lib/context'
import { csvCell } from '@/lib/csv-cell'
import { createProductFixture, type ProductFixture } from '@/lib/testing/organization-fixture'
import { mint, rotate } from '@/lib/testing/token-fixture'

let product: ProductFixture
beforeAll(async () => {
  product = await createProductFixture()
})
afterAll(() => product.close())

/** RFC 4180, as a reader of our files would have it: rows of cells. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  const cell = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n)/gy
  for (const [, raw = '', end] of text.matchAll(cell)) {
    row.push(raw.startsWith('"') ? raw.slice(1, -1).replaceAll('""', '"') : raw)
    if (end === '\r\n') {
      rows.push(row)
      row = []
    }
  }
  return rows
}

const anyText = fc.string({
  unit: fc.oneof(
    fc.constantFrom(...'=+-@\t\r\n",; \''),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
  ),
})

describe('a cell', () => {
  it('comes back as it was, but for a quote before what a spreadsheet would run', () => {
    fc.assert(
      fc.property(fc.array(anyText, { minLength: 1, maxLength: 5 }), (values) => {
        const [cells] = parseCsv(`${values.map(csvCell).join(',')}\r\n`)
        const isFormula = (value: string) => /^[=+\-@\t\r\n＝＋－＠]/.test(value)
        expect(cells).toEqual(values.map((value) => (isFormula(value) ? `'${value}` : value)))
        for (const cell of cells ?? []) expect(isFormula(cell)).toBe(false)
      }),
      { numRuns: 2000 },
    )
  })

  it.each([
    ['=HYPERLINK("http://x")', `"'=HYPERLINK(""http://x"")"`],
    ['+1', "'+1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['-2', "'-2"],
    ['＝1+1', "'＝1+1"],
    ['\n=1', `"'\n=1"`],
    ['a,b', '"a,b"'],
    ['plain', 'plain'],
    ['', ''],
  ])('%j is written as %j', (value, written) => {
    expect(csvCell(value)).toBe(written)
  })
})

async function adminWithEvents() {
  const organization = await product.organization()
  const admin = await organization.member('ADMIN')
  const token = await mint(admin, { name: '=cmd|"calc"!A1, \'x\'' })
  await rotate(admin, token.id, { name: 'Zürich 🚀' })
  await mint(admin, { name: 'plain' })
  return { organization, admin, token }
}

async function exported(ctx: Context, format: 'csv' | 'ndjson', filter: AuditFilter = {}) {
  let text = ''
  for await (const chunk of await exportAuditEvents(ctx, { format, ...filter })) text += chunk
  return text
}

describe('an export', () => {
  it('as NDJSON is the list, oldest first, each line an event', async () => {
    const { admin } = await adminWithEvents()
    const text = await exported(admin, 'ndjson')
    const events = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    const { items, totalCount } = await listAuditEvents(admin, {})
    expect(events).toEqual(items.reverse())
    expect(events).toHaveLength(totalCount)
  })

  it('as CSV has a line for each event of the list and neutralises formulas', async () => {
    const { admin } = await adminWithEvents()
    const [head, ...rows] = parseCsv(await exported(admin, 'csv'))
    const { items } = await listAuditEvents(admin, {})
    const column = (name: string) => rows.map((row) => row[head?.indexOf(name) ?? -1])
    expect(rows).toHaveLength(items.length)
    expect(rows.every((row) => row.length === head?.length)).toBe(true)
    expect(column('seq')).toEqual(['1', '2', '3', '4'])
    expect(column('event')).toEqual(['MINTED', 'ROTATED', 'MINTED', 'AUDIT_EXPORTED'])
    expect(column('target')[0]).toBe("'=cmd|\"calc\"!A1, 'x'")
    expect(column('target')[1]).toBe('Zürich 🚀')
    expect(column('hash')).toEqual(items.map(({ hash }) => hash).reverse())
    expect(column('time')).toEqual(items.map((e) => new Date(e.createdAt).toISOString()).reverse())
  })

  it('under filters has what the list has under them', async () => {
    const { admin, token } = await adminWithEvents()
    const filters: AuditFilter[] = [
      { eventTypes: ['MINTED'] },
      { targetId: token.id },
      { search: 'zürich' },
      { actorId: admin.principal.userId, to: admin.now },
    ]
    for (const filter of filters) {
      const text = await exported(admin, 'ndjson', filter)
      const lines = text.split('\n').filter(Boolean)
      const { items } = await listAuditEvents(admin, filter)
      expect(lines.map((line) => JSON.parse(line).seq)).toEqual(
        items.map(({ seq }) => seq).reverse(),
      )
    }
  })

  it('is audited before its first line, with what was asked', async () => {
    const { admin } = await adminWithEvents()
    const chunks = await exportAuditEvents(admin, { format: 'csv', search: 'x' })
    const { items } = await listAuditEvents(admin, { eventTypes: ['AUDIT_EXPORTED'] })
    expect(items).toMatchObject([{ details: { format: 'csv', filter: { search: 'x' } } }])
    expect(chunks[Symbol.asyncIterator]).toBeTypeOf('function')
  })

  it('goes through more events than one batch, each once', async () => {
    const { organization, admin } = await adminWithEvents()
    await product.db.pool.query(
      `SELECT audit.append($1::uuid, gen_random_uuid(), (SELECT payload FROM audit.event
         WHERE organization_id = $1 AND seq = 1)) FROM generate_series(1, 2100)`,
      [organization.id],
    )
    const lines = (await exported(admin, 'ndjson')).trimEnd().split('\n')
    const seqs = lines.map((line) => JSON.parse(line).seq)
    expect(seqs).toEqual(Array.from({ length: 2104 }, (_, index) => index + 1))
  })

  it('holds one organization only', async () => {
    const { admin } = await adminWithEvents()
    const other = await adminWithEvents()
    const text = await exported(admin, 'ndjson')
    expect(text).not.toContain(other.organization.id)
  })
})
