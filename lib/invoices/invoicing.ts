import type { BillingPort, BillingTransaction } from '@/lib/billing/charge'
import { closePeriod } from '@/lib/invoices/close-period'
import { lockBilling } from '@/lib/invoices/credit'
import { type DocumentNews, NO_NEWS } from '@/lib/invoices/document-news'
import { auditDocument } from '@/lib/invoices/invoice-audit'
import { planLine } from '@/lib/invoices/invoice-line'
import { type InvoiceParties, issueInvoice } from '@/lib/invoices/issue-invoice'

/** Who sells to whom now, read in the transaction that issues the invoice. */
export type PartiesOf = (
  client: BillingTransaction,
  organizationId: string,
) => Promise<InvoiceParties>

/**
 * What the subscription hands over becomes invoices of our own ledger.
 * @param now epoch ms at which they are issued
 */
export function invoicing(
  now: number,
  partiesOf: PartiesOf,
  news: DocumentNews = NO_NEWS,
): BillingPort {
  return {
    async charge(client, { organizationId, reason, lines }) {
      await lockBilling(client, organizationId)
      const parties = await partiesOf(client, organizationId)
      const drafts = lines.map(planLine)
      const invoice = await issueInvoice(client, {
        ...{ organizationId, at: now, period: null, parties },
        lines: drafts,
      })
      await news.issued(client, { organizationId, ...invoice })
      await auditDocument(client, {
        ...{ organizationId, eventType: 'INVOICE_ISSUED', invoice },
        details: { reason, totalCents: invoice.snapshot.totals.totalCents.toString() },
      })
    },
    async closePeriod(client, closed) {
      const parties = await partiesOf(client, closed.organizationId)
      await closePeriod(client, closed, { at: now, parties, news })
    },
  }
}
