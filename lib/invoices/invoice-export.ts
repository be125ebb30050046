import { authorize } from '@/lib/access/authorize'
import { decimalDollars, decimalNano } from '@/lib/billing/money-text'
import type { Context } from '@/lib/context'
import { csvCell } from '@/lib/csv-cell'
import type { DocumentState } from '@/lib/invoices/invoice-state'

const BATCH = 2000

/** Names of people and models may hold anything; all other cells are ours. */
const HEADER = [
  'document',
  'document_type',
  'state',
  'issued_on',
  'due_on',
  'corrects',
  'buyer',
  'buyer_tax_ids',
  'line',
  'kind',
  'description',
  'provider',
  'model',
  'period_from',
  'period_to',
  'quantity',
  'unit',
  'exact_usd',
  'net_usd',
  'tax_name',
  'tax_percent',
  'tax_usd',
  'gross_usd',
  'document_gross_usd',
] as const

interface ExportRow {
  number: string
  type: 'INVOICE' | 'CREDIT_NOTE'
  state: DocumentState
  issuedAt: Date
  dueAt: Date | null
  corrects: string | null
  buyer: string
  buyerTaxIds: string
  line: number
  kind: string
  description: string
  provider: string | null
  model: string | null
  from: string
  to: string
  quantity: string
  unit: string
  nano: string
  cents: string
  taxName: string | null
  taxBasisPoints: number | null
  taxCents: string
  totalCents: string
}

const SELECT = `
  SELECT i.number, i.kind AS type, i.state, i.issued_at AS "issuedAt", i.due_at AS "dueAt",
    i.snapshot->'corrects'->>'number' AS corrects, i.snapshot->'buyer'->>'name' AS buyer,
    (SELECT coalesce(string_agg(written, ', '), '')
      FROM jsonb_array_elements_text(i.snapshot->'buyer'->'taxIds') AS ids(written)) AS "buyerTaxIds",
    l.line, l.kind, l.description, l.provider, l.model, l.period_from AS "from", l.period_to AS "to", l.quantity,
    l.unit, l.nano, l.cents, i.snapshot->'tax'->>'name' AS "taxName",
    (i.snapshot->'tax'->>'basisPoints')::int AS "taxBasisPoints", l.tax_cents AS "taxCents",
    i.total_cents AS "totalCents"
  FROM billing.invoice i
  JOIN billing.invoice_line l ON l.organization_id = i.organization_id AND l.invoice_id = i.id
  WHERE i.organization_id = $1 AND ($2::float8 IS NULL OR i.issued_at >= to_timestamp($2 / 1000))
    AND ($3::float8 IS NULL OR i.issued_at < to_timestamp($3 / 1000))
  ORDER BY i.issued_at, i.id, l.line`

/** Epoch ms; documents that were issued from `from` on and before `to`. Null = all. */
export interface ExportRange {
  from: number | null
  to: number | null
}

/**
 * Every line of the invoices and credit notes of a range, oldest first, as chunks of CSV (RFC 4180), from one
 * snapshot. Lines of a document add up to its total to the cent; those of credit notes are below 0, so that columns
 * add up to what was earned. Voided invoices are there, as their numbers are: leave their state out of sums.
 * @throws DomainError forbidden without billing:read, before anything is produced
 */
export async function exportInvoices(
  ctx: Context,
  range: ExportRange,
): Promise<AsyncIterable<string>> {
  authorize(ctx.principal, 'billing:read')
  return chunks(ctx, range)
}

async function* chunks(ctx: Context, { from, to }: ExportRange): AsyncGenerator<string> {
  const client = await ctx.db.pool.connect()
  let broken = true
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
    await client.query(`DECLARE invoice_export NO SCROLL CURSOR FOR ${SELECT}`, [
      ctx.organization.id,
      from,
      to,
    ])
    yield `${HEADER.join(',')}\r\n`
    for (;;) {
      const { rows } = await client.query<ExportRow>(`FETCH ${BATCH} FROM invoice_export`)
      if (rows.length === 0) break
      yield rows.map(csvLine).join('')
    }
    await client.query('COMMIT')
    broken = false
  } finally {
    // Given up half-way, the connection would keep its snapshot: it is closed, not reused.
    client.release(broken)
  }
}

function csvLine(row: ExportRow): string {
  const sign = row.type === 'CREDIT_NOTE' ? -1n : 1n
  const net = sign * BigInt(row.cents)
  const tax = sign * BigInt(row.taxCents)
  const cells: Record<(typeof HEADER)[number], string> = {
    document: row.number,
    document_type: row.type,
    state: row.state,
    issued_on: dayOf(row.issuedAt),
    due_on: row.dueAt ? dayOf(row.dueAt) : '',
    corrects: row.corrects ?? '',
    buyer: csvCell(row.buyer),
    buyer_tax_ids: csvCell(row.buyerTaxIds),
    line: String(row.line),
    kind: row.kind,
    description: csvCell(row.description),
    provider: csvCell(row.provider ?? ''),
    model: csvCell(row.model ?? ''),
    period_from: new Date(Number(row.from)).toISOString(),
    period_to: new Date(Number(row.to)).toISOString(),
    quantity: row.quantity,
    unit: row.unit,
    exact_usd: decimalNano(sign * BigInt(row.nano)),
    net_usd: decimalDollars(net),
    tax_name: csvCell(row.taxName ?? ''),
    tax_percent: row.taxBasisPoints === null ? '' : String(row.taxBasisPoints / 100),
    tax_usd: decimalDollars(tax),
    gross_usd: decimalDollars(net + tax),
    document_gross_usd: decimalDollars(sign * BigInt(row.totalCents)),
  }
  return `${HEADER.map((name) => cells[name]).join(',')}\r\n`
}

/** In UTC, as the document has it. */
function dayOf(moment: Date): string {
  return moment.toISOString().slice(0, 10)
}
