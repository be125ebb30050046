import {
  invoiceDetailSchema,
  invoiceDetailToWire,
  invoiceSchema,
  invoiceToWire,
} from '@/app/v1/_api/invoice-resource'
import { type PersonCall, personOperation, TENANT_PREFIX } from '@/app/v1/_api/operation'
import { PAGING_PARAMETERS } from '@/app/v1/_api/paging-parameters'
import { momentRange, pageRequest } from '@/app/v1/_api/query'
import { json, type Reply } from '@/app/v1/_api/reply'
import { streamOf } from '@/app/v1/_api/text-stream'
import { epochMs, pageOf } from '@/app/v1/_api/wire-schema'
import { authorize } from '@/lib/access/authorize'
import { exportInvoices } from '@/lib/invoices/invoice-export'
import { getInvoice, listInvoices } from '@/lib/invoices/invoices'
import { runtime } from '@/lib/runtime'

const TAG = 'Billing'
const COLLECTION = `${TENANT_PREFIX}/invoices`
const ITEM = `${COLLECTION}/{invoice}`
const PDF = 'application/pdf'
const CSV = 'text/csv; charset=utf-8'

/** Who may not read any invoice is told so before anybody looks for this one. */
async function invoiceOf(call: PersonCall) {
  const { ctx } = call
  authorize(ctx.principal, 'billing:read')
  return getInvoice(ctx, { invoiceId: call.id('invoice') })
}

async function printed(call: PersonCall): Promise<Reply> {
  const { snapshot } = await invoiceOf(call)
  // Here and not above: a process that nobody asks for one need not load what prints them.
  const { renderInvoicePdf } = await import('@/lib/invoices/invoice-pdf')
  const { fallbackFonts } = runtime().billing
  return {
    status: 200,
    body: await renderInvoicePdf(snapshot, { fallbackFonts }),
    headers: {
      'Content-Type': PDF,
      'Content-Disposition': `attachment; filename="${snapshot.number}.pdf"`,
    },
  }
}

async function exported({ ctx, query }: PersonCall): Promise<Reply> {
  const { from = null, to = null } = momentRange(query)
  const chunks = await exportInvoices(ctx, { from, to })
  const day = new Date(ctx.now).toISOString().slice(0, 10)
  return {
    status: 200,
    body: await streamOf(chunks),
    headers: {
      'Content-Type': CSV,
      'Content-Disposition': `attachment; filename="invoices-${ctx.organization.slug}-${day}.csv"`,
    },
  }
}

export const INVOICE_OPERATIONS = [
  personOperation({
    id: 'listInvoices',
    tag: TAG,
    method: 'get',
    path: COLLECTION,
    summary: 'List invoices and credit notes',
    description: 'Newest first.',
    permission: 'billing:read',
    query: PAGING_PARAMETERS,
    success: {
      status: 200,
      description: 'One page of documents.',
      schema: pageOf(invoiceSchema, 'InvoicePage'),
    },
    run: async ({ ctx, query }) => {
      const page = await listInvoices(ctx, pageRequest(query))
      return json({ ...page, items: page.items.map(invoiceToWire) })
    },
  }),
  personOperation({
    id: 'getInvoice',
    tag: TAG,
    method: 'get',
    path: ITEM,
    summary: 'Get one invoice or credit note',
    description: 'As it was issued, with its lines, and with the payments and credit notes since.',
    permission: 'billing:read',
    success: { status: 200, description: 'The document.', schema: invoiceDetailSchema },
    run: async (call) => json(invoiceDetailToWire(await invoiceOf(call))),
  }),
  personOperation({
    id: 'getInvoicePdf',
    tag: TAG,
    method: 'get',
    path: `${ITEM}:pdf`,
    summary: 'Download an invoice or credit note as a PDF',
    description: 'Tagged for screen readers. The same document always has the same bytes.',
    permission: 'billing:read',
    success: { status: 200, description: 'The file.', contentTypes: [PDF] },
    run: printed,
  }),
  personOperation({
    id: 'exportBilling',
    tag: TAG,
    method: 'get',
    path: `${TENANT_PREFIX}/billing:export`,
    summary: 'Download all lines of invoices and credit notes',
    description:
      'CSV for accountants, streamed, oldest first. Lines of a document add up to its total; amounts of credit notes are below 0, so that columns add up. Voided invoices are there with their state.',
    permission: 'billing:read',
    query: [
      { name: 'from', description: 'Issued from this moment on (inclusive).', schema: epochMs },
      { name: 'to', description: 'Issued before this moment (exclusive).', schema: epochMs },
    ],
    success: { status: 200, description: 'The file.', contentTypes: [CSV] },
    run: exported,
  }),
]
