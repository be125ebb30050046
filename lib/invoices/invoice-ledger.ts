import type pg from 'pg'
import type { BillingTransaction } from '@/lib/billing/charge'
import { notFound } from '@/lib/errors'
import { type InvoiceSnapshot, snapshotFromJson } from '@/lib/invoices/invoice-snapshot'
import type { DocumentState, InvoiceState } from '@/lib/invoices/invoice-state'

/** A document with what has become of it. Amounts are US cents. */
export interface LedgerDocument {
  organizationId: string
  id: string
  state: DocumentState
  /** Of a credit note: the invoice that it corrects. */
  correctsId: string | null
  paidCents: bigint
  /** Of credit notes: what they took off what was left to pay. */
  creditedCents: bigint
  /** What is left to pay; nothing of a document that is void, or a credit note. */
  owedCents: bigint
  snapshot: InvoiceSnapshot
}

interface Row {
  id: string
  state: DocumentState
  corrects: string | null
  paid: string
  credited: string
  snapshot: unknown
}

const SELECT = `
  SELECT i.id, i.state, i.corrects, i.snapshot,
    (SELECT coalesce(sum(p.cents), 0) FROM billing.payment p
      WHERE p.organization_id = i.organization_id AND p.invoice_id = i.id) AS paid,
    (SELECT coalesce(sum(n.total_cents + n.credit_cents), 0) FROM billing.invoice n
      WHERE n.organization_id = i.organization_id AND n.corrects = i.id) AS credited
  FROM billing.invoice i WHERE i.organization_id = $1`

/**
 * Documents of an organization, newest first. For callers that have authorized.
 * @param condition SQL after `AND`, with parameters from $2 on
 */
export async function selectDocuments(
  client: BillingTransaction | pg.Pool,
  organizationId: string,
  condition: string,
  values: readonly unknown[],
): Promise<LedgerDocument[]> {
  const { rows } = await client.query<Row>(
    `${SELECT} AND ${condition} ORDER BY i.issued_at DESC, i.id DESC`,
    [organizationId, ...values],
  )
  return rows.map((row) => toDocument(organizationId, row))
}

function toDocument(organizationId: string, row: Row): LedgerDocument {
  const snapshot = snapshotFromJson(row.snapshot)
  const [paidCents, creditedCents] = [BigInt(row.paid), BigInt(row.credited)]
  const left = snapshot.totals.dueCents - paidCents - creditedCents
  const isOwed = row.state === 'OPEN' || row.state === 'UNCOLLECTIBLE'
  return {
    ...{ organizationId, id: row.id, state: row.state, correctsId: row.corrects },
    ...{ paidCents, creditedCents, snapshot },
    owedCents: isOwed && left > 0n ? left : 0n,
  }
}

/** One document. For callers that have authorized. @throws DomainError not-found */
export async function requireDocument(
  client: BillingTransaction | pg.Pool,
  organizationId: string,
  id: string,
): Promise<LedgerDocument> {
  const [document] = await selectDocuments(client, organizationId, 'i.id = $2', [id])
  if (!document) throw notFound()
  return document
}

/** Whoever's document has the number, which is given once in an installation. For operators. */
export async function documentByNumber(
  client: BillingTransaction | pg.Pool,
  number: string,
): Promise<LedgerDocument | null> {
  const { rows } = await client.query<{ organizationId: string; id: string }>(
    'SELECT organization_id AS "organizationId", id FROM billing.invoice WHERE number = $1',
    [number],
  )
  return rows[0] ? requireDocument(client, rows[0].organizationId, rows[0].id) : null
}

/** Moves an invoice on; the database refuses what the edges of states do not allow. */
export async function moveInvoice(
  client: BillingTransaction,
  { organizationId, id }: Pick<LedgerDocument, 'organizationId' | 'id'>,
  to: InvoiceState,
  at: number,
): Promise<void> {
  await client.query(
    'UPDATE billing.invoice SET state = $3, state_at = $4 WHERE organization_id = $1 AND id = $2',
    [organizationId, id, to, new Date(at)],
  )
}
