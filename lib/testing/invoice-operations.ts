import { newId } from '@/lib/ids'
import { exportInvoices } from '@/lib/invoices/invoice-export'
import { listInvoiceSummaries, listOverdueInvoices } from '@/lib/invoices/invoice-summaries'
import { getInvoice, listInvoices } from '@/lib/invoices/invoices'
import type { Operation } from '@/lib/testing/operation'

/** What was billed. */
export const INVOICE_OPERATIONS: Record<string, Operation> = {
  listInvoices: { on: 'organization', isRead: true, run: (ctx) => listInvoices(ctx) },
  listInvoiceSummaries: {
    on: 'organization',
    isRead: true,
    run: (ctx) => listInvoiceSummaries(ctx),
  },
  listOverdueInvoices: { on: 'organization', isRead: true, run: (ctx) => listOverdueInvoices(ctx) },
  // There is none: who may read invoices is told so.
  getInvoice: {
    on: 'organization',
    isRead: true,
    run: (ctx) => getInvoice(ctx, { invoiceId: newId() }),
  },
  exportInvoices: {
    on: 'organization',
    isRead: true,
    run: (ctx) => exportInvoices(ctx, { from: null, to: null }),
  },
}
