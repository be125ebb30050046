import type { BillingTransaction } from '@/lib/billing/charge'
import { type InvoiceSnapshot, snapshotToJson } from '@/lib/invoices/invoice-snapshot'
import type { DocumentState } from '@/lib/invoices/invoice-state'

/** A document as it goes into the ledger. */
export interface StoredDocument {
  organizationId: string
  id: string
  state: DocumentState
  /** Of a credit note: the invoice that it corrects. */
  correctsId: string | null
  snapshot: InvoiceSnapshot
}

/** Writes a document and its lines. The database refuses the commit where the lines are not the total. */
export async function storeDocument(
  client: BillingTransaction,
  { organizationId, id, state, correctsId, snapshot }: StoredDocument,
): Promise<void> {
  const { kind, number, issuedAt, dueAt, period, totals } = snapshot
  const date = (moment: number | undefined | null) =>
    moment === undefined || moment === null ? null : new Date(moment)
  await client.query(
    `INSERT INTO billing.invoice (organization_id, id, kind, number, state, state_at, issued_at, due_at,
       period_from, period_to, total_cents, credit_cents, due_cents, corrects, snapshot)
     VALUES ($1, $2, $3, $4, $5, $6, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
    [
      ...[organizationId, id, kind, number, state, new Date(issuedAt), date(dueAt)],
      ...[date(period?.from), date(period?.to)],
      ...[totals.totalCents, totals.creditCents, totals.dueCents].map(String),
      ...[correctsId, snapshotToJson(snapshot)],
    ],
  )
  await storeLines(client, organizationId, id, snapshot)
}

const LINES = `
  INSERT INTO billing.invoice_line (organization_id, invoice_id, line, kind, charge_key, provider, model,
    period_from, period_to, description, quantity, unit, nano, cents, residue_nano, tax_cents)
  SELECT $1, $2, number, kind, key, provider, model, (period->>'from')::bigint, (period->>'to')::bigint,
    description, quantity::bigint, unit, nano::bigint, cents::bigint, "residueNano"::bigint, "taxCents"::bigint
  FROM jsonb_to_recordset($3::jsonb) AS line(number int, kind text, key text, provider text, model text,
    period jsonb, description text, quantity text, unit text, nano text, cents text, "residueNano" text,
    "taxCents" text)`

async function storeLines(
  client: BillingTransaction,
  organizationId: string,
  invoiceId: string,
  snapshot: InvoiceSnapshot,
): Promise<void> {
  const { lines } = JSON.parse(snapshotToJson(snapshot)) as { lines: unknown[] }
  await client.query(LINES, [organizationId, invoiceId, JSON.stringify(lines)])
}
