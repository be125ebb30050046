import type { EmailAttachments } from '@/lib/email/delivery'
import type { EmailFacts } from '@/lib/email/model'
import { requireDocument } from '@/lib/invoices/invoice-ledger'
import type { Issuer } from '@/lib/invoices/issuer'
import type { Runtime } from '@/lib/runtime'

/**
 * The PDF of an invoice or credit note, made when its e-mail is sent: the outbox keeps no bytes, and the same document
 * has the same bytes at every attempt. It is attached because most billing addresses are read by people who cannot
 * sign in here.
 */
export function attachmentsBy({
  db,
  billing,
}: Pick<Runtime, 'db'> & { billing: Pick<Issuer, 'fallbackFonts'> }): EmailAttachments {
  return async ({ template, facts }) => {
    if (template !== 'invoice' && template !== 'credit-note') return []
    const { organizationId, documentId } = facts as EmailFacts['invoice' | 'credit-note']
    const { snapshot } = await requireDocument(db.pool, organizationId, documentId)
    // Here and not above: a process that sends no invoice need not load what prints them.
    const { renderInvoicePdf } = await import('@/lib/invoices/invoice-pdf')
    const content = await renderInvoicePdf(snapshot, { fallbackFonts: billing.fallbackFonts })
    return [{ filename: `${snapshot.number}.pdf`, contentType: 'application/pdf', content }]
  }
}
