import type { BillingTransaction } from '@/lib/billing/charge'
import { DomainError } from '@/lib/errors'
import { reverseBilled } from '@/lib/invoices/billed'
import { addCredit, lockBilling } from '@/lib/invoices/credit'
import { auditDocument } from '@/lib/invoices/invoice-audit'
import { type LedgerDocument, moveInvoice, requireDocument } from '@/lib/invoices/invoice-ledger'
import { mayBecome } from '@/lib/invoices/invoice-state'

/** What an operator of the installation does with an invoice, and why. */
export interface InvoiceDecision {
  organizationId: string
  invoiceId: string
  reason: string
  operator: string
  /** Epoch ms. */
  at: number
}

/**
 * Takes an invoice back as if it had not been issued; it keeps its number. The credit that it used is there
 * again, and the use that it billed is open: the next closing bills it. Fees of the plan are not: charge them
 * anew. The last step of its transaction.
 * @throws DomainError not-found | conflict `invoice_final` where it was paid or corrected: issue a credit note
 */
export async function voidInvoice(
  client: BillingTransaction,
  { organizationId, invoiceId, reason, operator, at }: InvoiceDecision,
): Promise<LedgerDocument> {
  await lockBilling(client, organizationId)
  const invoice = await requireDocument(client, organizationId, invoiceId)
  const { paidCents, creditedCents, snapshot } = invoice
  if (!mayBecome(invoice.state, 'VOID') || paidCents > 0n || creditedCents > 0n) {
    throw new DomainError(
      'conflict',
      'invoice_final',
      `${snapshot.number} cannot be voided any more. Issue a credit note for it.`,
    )
  }
  await moveInvoice(client, invoice, 'VOID', at)
  await reverseBilled(client, { organizationId, invoiceId, at })
  await addCredit(client, {
    ...{ organizationId, at, invoiceId, reason: 'INVOICE_VOIDED' },
    cents: snapshot.totals.creditCents,
  })
  await auditDocument(client, {
    ...{ organizationId, eventType: 'INVOICE_VOIDED', operator },
    invoice: { id: invoiceId, number: snapshot.number },
    details: { reason },
  })
  return requireDocument(client, organizationId, invoiceId)
}
