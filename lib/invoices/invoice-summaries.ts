import type pg from 'pg'
import { authorize } from '@/lib/access/authorize'
import type { Context } from '@/lib/context'
import { type LedgerDocument, selectDocuments } from '@/lib/invoices/invoice-ledger'
import { type DocumentState, isPastDue } from '@/lib/invoices/invoice-state'
import { PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX, type Page, type PageRequest } from '@/lib/paging'
import type { BillingPeriod } from '@/lib/plans/billing-period'

/** A document without its lines. Amounts are US cents, moments epoch ms. */
interface DocumentSummary {
  id: string
  number: string
  issuedAt: number
  totalCents: bigint
}

export interface CreditNoteSummary extends DocumentSummary {
  reason: string
}

export interface InvoiceSummary extends DocumentSummary {
  state: DocumentState
  /** The period that it closed; null where it was issued in between. */
  period: BillingPeriod | null
  dueAt: number | null
  isPastDue: boolean
  owedCents: bigint
  /** Those that correct it, newest first. */
  creditNotes: CreditNoteSummary[]
}

const LIST = ['invoice-summaries']

/**
 * Invoices of the organization, newest first, each with its credit notes.
 * @throws DomainError forbidden without billing:read
 */
export async function listInvoiceSummaries(
  ctx: Context,
  page: PageRequest = {},
): Promise<Page<InvoiceSummary>> {
  authorize(ctx.principal, 'billing:read')
  const { pool } = ctx.db
  const id = ctx.organization.id
  const size = Math.min(Math.max(Math.trunc(page.pageSize ?? PAGE_SIZE_DEFAULT), 1), PAGE_SIZE_MAX)
  const cursor = ctx.crypto.pageTokens.open([...LIST, id], page.pageToken)
  const found = await selectDocuments(
    pool,
    id,
    `i.id IN (SELECT id FROM billing.invoice WHERE organization_id = $1 AND corrects IS NULL
       AND ($2::float8 IS NULL OR (issued_at, id) < (to_timestamp($2 / 1000), $3::uuid))
       ORDER BY issued_at DESC, id DESC LIMIT $4)`,
    [cursor?.[0] ?? null, cursor?.[1] ?? null, size + 1],
  )
  const shown = found.slice(0, size)
  const ids = shown.map((document) => document.id)
  const notes = await selectDocuments(pool, id, 'i.corrects = ANY($2)', [ids])
  const last = shown.at(-1)
  return {
    items: shown.map((document) => summaryOf(document, notes, ctx.now)),
    nextPageToken:
      last && found.length > size
        ? ctx.crypto.pageTokens.seal([...LIST, id], [last.snapshot.issuedAt, last.id])
        : '',
    totalCount: await countInvoices(pool, id),
  }
}

/** Invoices that should have been paid by now, the oldest first. @throws DomainError forbidden without billing:read */
export async function listOverdueInvoices(ctx: Context): Promise<InvoiceSummary[]> {
  authorize(ctx.principal, 'billing:read')
  const found = await selectDocuments(
    ctx.db.pool,
    ctx.organization.id,
    `i.state = 'OPEN' AND i.due_at < $2`,
    [new Date(ctx.now)],
  )
  return found.map((document) => summaryOf(document, [], ctx.now)).reverse()
}

function summaryOf(
  { id, state, owedCents, snapshot }: LedgerDocument,
  notes: readonly LedgerDocument[],
  now: number,
): InvoiceSummary {
  const { number, issuedAt, period, dueAt, totals } = snapshot
  return {
    ...{ id, number, issuedAt, period, dueAt, state, owedCents },
    totalCents: totals.totalCents,
    isPastDue: isPastDue({ state, dueAt }, now),
    creditNotes: notes.filter(({ correctsId }) => correctsId === id).map(noteOf),
  }
}

function noteOf({ id, snapshot }: LedgerDocument): CreditNoteSummary {
  const { number, issuedAt, totals, corrects } = snapshot
  return { id, number, issuedAt, totalCents: totals.totalCents, reason: corrects?.reason ?? '' }
}

async function countInvoices(pool: pg.Pool, organizationId: string): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(
    'SELECT count(*)::int AS count FROM billing.invoice WHERE organization_id = $1 AND corrects IS NULL',
    [organizationId],
  )
  return rows[0]?.count ?? 0
}
