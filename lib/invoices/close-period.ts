import type { BillingTransaction, ClosedPeriod } from '@/lib/billing/charge'
import { recordBilled } from '@/lib/invoices/billed'
import {
  closedPeriods,
  type KnownPeriod,
  recordClosed,
  reopenedPeriods,
  usageStart,
} from '@/lib/invoices/closed-periods'
import { closingLines } from '@/lib/invoices/closing-lines'
import { lockBilling } from '@/lib/invoices/credit'
import { type DocumentNews, NO_NEWS } from '@/lib/invoices/document-news'
import { auditDocument } from '@/lib/invoices/invoice-audit'
import { type InvoiceParties, type IssuedInvoice, issueInvoice } from '@/lib/invoices/issue-invoice'
import { unbilledOf } from '@/lib/invoices/open-dues'

/** What became of a period. */
export interface PeriodClosing {
  /** Null where nothing came to a cent, or the period had been closed before. */
  invoice: IssuedInvoice | null
  /** False where it had been closed before: nothing was billed. */
  isNew: boolean
}

/**
 * Bills a period that is over, once: what was used in it, what was used late or corrected in periods before it,
 * and what the next one costs in advance. It takes the invoice's number and writes the audit event, so it is the
 * last step of its transaction. What does not come to a cent stays open for the next closing.
 * @param at epoch ms
 * @throws RangeError where the period overlaps another that was closed
 */
export async function closePeriod(
  client: BillingTransaction,
  closed: ClosedPeriod,
  { at, parties, news = NO_NEWS }: { at: number; parties: InvoiceParties; news?: DocumentNews },
): Promise<PeriodClosing> {
  const { organizationId, period, spans, nextFee } = closed
  await lockBilling(client, organizationId)
  const known = await closedPeriods(client, organizationId)
  if (known.some(({ from, to }) => from === period.from && to === period.to))
    return { invoice: null, isNew: false }
  if (known.some(({ from, to }) => from < period.to && to > period.from))
    throw new RangeError('The period overlaps one that was closed.')
  const usageFrom = await usageStart(client, organizationId, period)
  const reopened = await reopenedPeriods(client, organizationId)
  const ending: KnownPeriod = { ...period, usageFrom, spans, invoiceId: null }
  const charges = await unbilledOf(client, organizationId, [...reopened, ending], at)
  const drafts = closingLines(period, nextFee, charges)
  if (drafts.every(({ cents }) => cents === 0n)) {
    await recordClosed(client, closed, { at, usageFrom, invoiceId: null })
    return { invoice: null, isNew: true }
  }
  const invoice = await issueInvoice(client, {
    ...{ organizationId, at, period, parties },
    lines: drafts,
  })
  await recordBilled(client, { organizationId, at, invoiceId: invoice.id }, charges)
  await recordClosed(client, closed, { at, usageFrom, invoiceId: invoice.id })
  await news.issued(client, { organizationId, ...invoice })
  await auditDocument(client, {
    ...{ organizationId, eventType: 'INVOICE_ISSUED', invoice },
    details: { totalCents: invoice.snapshot.totals.totalCents.toString() },
  })
  return { invoice, isNew: true }
}
