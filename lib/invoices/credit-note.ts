import type { BillingTransaction } from '@/lib/billing/charge'
import { DomainError, invalid } from '@/lib/errors'
import { newId } from '@/lib/ids'
import { addCredit, lockBilling } from '@/lib/invoices/credit'
import { type Correction, correctedLines } from '@/lib/invoices/credit-note-lines'
import { type DocumentNews, NO_NEWS } from '@/lib/invoices/document-news'
import { auditDocument } from '@/lib/invoices/invoice-audit'
import {
  type LedgerDocument,
  moveInvoice,
  requireDocument,
  selectDocuments,
} from '@/lib/invoices/invoice-ledger'
import { nextNumber } from '@/lib/invoices/invoice-number'
import type { InvoiceLine, InvoiceSnapshot } from '@/lib/invoices/invoice-snapshot'
import { storeDocument } from '@/lib/invoices/invoice-store'
import type { InvoiceDecision } from '@/lib/invoices/void-invoice'
import { dollars } from '@/lib/invoices/wording'

const NOTHING_LEFT = 'There is nothing of the invoice that could be given back.'

export interface CreditNoteWish extends InvoiceDecision {
  /** Which lines by how much; null: all that is left of the invoice. */
  corrections: readonly Correction[] | null
}

/**
 * Gives back money of an invoice that stays as it is. It first pays what is left to pay of the invoice; the rest
 * becomes credit. What was used counts as billed: it is the price that is forgiven. The last step of its
 * transaction.
 * @throws DomainError not-found | conflict `invoice_void` | invalid at /corrections where a line has not so much left
 */
export async function issueCreditNote(
  client: BillingTransaction,
  { organizationId, invoiceId, reason, operator, at, corrections }: CreditNoteWish,
  news: DocumentNews = NO_NEWS,
): Promise<LedgerDocument> {
  await lockBilling(client, organizationId)
  const invoice = await requireDocument(client, organizationId, invoiceId)
  requireCorrectable(invoice)
  const earlier = await selectDocuments(client, organizationId, 'i.corrects = $2', [invoiceId])
  const lines = correctedLines(
    invoice.snapshot,
    earlier.flatMap(({ snapshot }) => snapshot.lines),
    corrections,
  )
  requireLeft(invoice, earlier, lines)
  const number = await nextNumber(client, 'CN', at)
  const snapshot = snapshotOf(invoice, lines, { number, at, reason })
  const id = newId()
  const correctsId = invoiceId
  await storeDocument(client, { organizationId, id, state: 'ISSUED', correctsId, snapshot })
  const { totalCents, creditCents } = snapshot.totals
  if (invoice.owedCents > 0n && totalCents >= invoice.owedCents)
    await moveInvoice(client, invoice, 'PAID', at)
  await addCredit(client, {
    ...{ organizationId, at, invoiceId: id, reason: 'CREDIT_NOTE' },
    cents: -creditCents,
  })
  await news.issued(client, { organizationId, id, snapshot })
  await auditDocument(client, {
    ...{ organizationId, eventType: 'CREDIT_NOTE_ISSUED', operator },
    invoice: { id: invoiceId, number: invoice.snapshot.number },
    details: { creditNote: number, reason, cents: totalCents.toString() },
  })
  return requireDocument(client, organizationId, id)
}

function snapshotOf(
  { owedCents, snapshot: invoice }: LedgerDocument,
  lines: InvoiceLine[],
  { number, at, reason }: { number: string; at: number; reason: string },
): InvoiceSnapshot {
  const subtotalCents = lines.reduce((sum, { cents }) => sum + cents, 0n)
  const taxCents = lines.reduce((sum, line) => sum + line.taxCents, 0n)
  const totalCents = subtotalCents + taxCents
  const toInvoice = totalCents < owedCents ? totalCents : owedCents
  return {
    ...invoice,
    ...{ kind: 'CREDIT_NOTE', number, issuedAt: at, dueAt: null, lines },
    corrects: { number: invoice.number, issuedAt: invoice.issuedAt, reason },
    totals: {
      ...{ subtotalCents, taxCents, totalCents },
      creditCents: toInvoice - totalCents,
      dueCents: 0n,
    },
  }
}

function requireCorrectable({ state, snapshot }: LedgerDocument): void {
  if (state === 'VOID' || state === 'ISSUED') {
    throw new DomainError(
      'conflict',
      'invoice_void',
      `${snapshot.number} asks for nothing, so there is nothing to give back.`,
    )
  }
}

/** Lines that gave something back (a plan that was left early) lower what there is to give back of the others. */
function requireLeft(
  { snapshot }: LedgerDocument,
  earlier: readonly LedgerDocument[],
  lines: readonly InvoiceLine[],
): void {
  const left = earlier.reduce(
    (rest, note) => rest - note.snapshot.totals.totalCents,
    snapshot.totals.totalCents,
  )
  const total = lines.reduce((sum, { cents, taxCents }) => sum + cents + taxCents, 0n)
  if (total > 0n && total <= left) return
  const detail =
    left > 0n ? `Give back at most ${dollars(left)} of ${snapshot.number}.` : NOTHING_LEFT
  throw invalid([{ pointer: '/corrections', detail }])
}
