import type pg from 'pg'
import { authorize } from '@/lib/access/authorize'
import type { Context } from '@/lib/context'
import { notFound } from '@/lib/errors'
import { isUuid } from '@/lib/ids'
import {
  type LedgerDocument,
  requireDocument,
  selectDocuments,
} from '@/lib/invoices/invoice-ledger'
import { isPastDue } from '@/lib/invoices/invoice-state'
import { type Payment, paymentsOf } from '@/lib/invoices/payments'
import { PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX, type Page, type PageRequest } from '@/lib/paging'

/** An invoice or credit note, with what has become of it. */
export interface Invoice extends LedgerDocument {
  isPastDue: boolean
}

export interface InvoiceDetail extends Invoice {
  payments: Payment[]
  /** Those that correct it, newest first. */
  creditNotes: LedgerDocument[]
}

const LIST = ['invoices']

/**
 * Invoices and credit notes of the organization, newest first.
 * @throws DomainError forbidden without billing:read
 */
export async function listInvoices(ctx: Context, page: PageRequest = {}): Promise<Page<Invoice>> {
  authorize(ctx.principal, 'billing:read')
  const pool = ctx.db.pool
  const size = Math.min(Math.max(Math.trunc(page.pageSize ?? PAGE_SIZE_DEFAULT), 1), PAGE_SIZE_MAX)
  const cursor = ctx.crypto.pageTokens.open([...LIST, ctx.organization.id], page.pageToken)
  const found = await selectDocuments(
    pool,
    ctx.organization.id,
    `i.id IN (SELECT id FROM billing.invoice WHERE organization_id = $1
       AND ($2::float8 IS NULL OR (issued_at, id) < (to_timestamp($2 / 1000), $3::uuid))
       ORDER BY issued_at DESC, id DESC LIMIT $4)`,
    [cursor?.[0] ?? null, cursor?.[1] ?? null, size + 1],
  )
  const items = found.slice(0, size).map((document) => withState(document, ctx.now))
  const last = items.at(-1)
  const nextPageToken =
    last && found.length > size
      ? ctx.crypto.pageTokens.seal(
          [...LIST, ctx.organization.id],
          [last.snapshot.issuedAt, last.id],
        )
      : ''
  return { items, nextPageToken, totalCount: await countOf(pool, ctx.organization.id) }
}

/** @throws DomainError forbidden without billing:read | not-found */
export async function getInvoice(
  ctx: Context,
  { invoiceId }: { invoiceId: string },
): Promise<InvoiceDetail> {
  authorize(ctx.principal, 'billing:read')
  if (!isUuid(invoiceId)) throw notFound()
  const { pool } = ctx.db
  const id = ctx.organization.id
  const document = await requireDocument(pool, id, invoiceId)
  return {
    ...withState(document, ctx.now),
    payments: await paymentsOf(pool, id, invoiceId),
    creditNotes: await selectDocuments(pool, id, 'i.corrects = $2', [invoiceId]),
  }
}

function withState(document: LedgerDocument, now: number): Invoice {
  const { state, snapshot } = document
  return { ...document, isPastDue: isPastDue({ state, dueAt: snapshot.dueAt }, now) }
}

async function countOf(pool: pg.Pool, organizationId: string): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(
    'SELECT count(*)::int AS count FROM billing.invoice WHERE organization_id = $1',
    [organizationId],
  )
  return rows[0]?.count ?? 0
}
