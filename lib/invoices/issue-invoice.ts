import type { BillingTransaction } from '@/lib/billing/charge'
import { newId } from '@/lib/ids'
import { addCredit, creditBalance } from '@/lib/invoices/credit'
import { type DraftLine, invoiceLines, totalsOf } from '@/lib/invoices/invoice-line'
import { nextNumber } from '@/lib/invoices/invoice-number'
import type { InvoiceSnapshot, Party, Seller, Tax } from '@/lib/invoices/invoice-snapshot'
import { dueMoment } from '@/lib/invoices/invoice-state'
import { storeDocument } from '@/lib/invoices/invoice-store'
import type { BillingPeriod } from '@/lib/plans/billing-period'

/** Who sells to whom, as it stands when the invoice is issued. */
export interface InvoiceParties {
  seller: Seller
  buyer: Party
  /** Null: none is charged. */
  tax: Tax | null
}

export interface InvoiceDraft {
  organizationId: string
  /** Epoch ms at which it is issued. */
  at: number
  /** The period that it closes; null for what is billed in between. */
  period: BillingPeriod | null
  lines: readonly DraftLine[]
  parties: InvoiceParties
}

export interface IssuedInvoice {
  id: string
  number: string
  snapshot: InvoiceSnapshot
}

/**
 * Makes a final invoice with its number, and pays what credit can pay of it. Below nothing it becomes credit.
 * Within a transaction that holds the lock of billing; only few statements should follow, because the series of
 * numbers stays locked for everybody to its end.
 */
export async function issueInvoice(
  client: BillingTransaction,
  { organizationId, at, period, lines: drafts, parties }: InvoiceDraft,
): Promise<IssuedInvoice> {
  const { seller, buyer, tax } = parties
  const balance = await creditBalance(client, organizationId)
  const lines = invoiceLines(drafts, tax)
  const totals = totalsOf(lines, balance)
  const id = newId()
  const snapshot: InvoiceSnapshot = {
    version: 1,
    kind: 'INVOICE',
    number: await nextNumber(client, 'INV', at),
    issuedAt: at,
    dueAt: dueMoment(at),
    period,
    corrects: null,
    ...{ seller, buyer, currency: 'USD', tax, lines, totals },
  }
  const state = totals.dueCents === 0n ? 'PAID' : 'OPEN'
  await storeDocument(client, { organizationId, id, state, correctsId: null, snapshot })
  await addCredit(client, {
    ...{ organizationId, at, invoiceId: id },
    cents: -totals.creditCents,
    reason: totals.creditCents > 0n ? 'USED' : 'INVOICE_BELOW_ZERO',
  })
  return { id, number: snapshot.number, snapshot }
}
