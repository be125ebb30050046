import type { BillingTransaction } from '@/lib/billing/charge'
import { isUuid } from '@/lib/ids'
import type { DocumentNews } from '@/lib/invoices/document-news'
import { selectDocuments } from '@/lib/invoices/invoice-ledger'
import { paymentsOf, recordPayment } from '@/lib/invoices/payments'
import type { ProviderInvoice } from '@/lib/payments/payment-provider'

/** Who recorded it, as payments and the audit trail say. */
const RECORDED_BY = 'Stripe'

export interface CardPayments {
  organizationId: string
  invoices: readonly ProviderInvoice[]
  /** Epoch ms. */
  now: number
}

/**
 * Records what the provider has collected and is not recorded yet, each cent once, however often it is told. What was
 * collected of an invoice that is not owed any more becomes credit.
 */
export async function recordCardPayments(
  client: BillingTransaction,
  { organizationId, invoices, now }: CardPayments,
  news: DocumentNews,
): Promise<void> {
  for (const { id, invoiceId, paidCents, paidAt } of invoices) {
    if (paidCents === 0n || !(await isOurs(client, organizationId, invoiceId))) continue
    const known = await recordedOf(client, organizationId, { id, invoiceId })
    if (paidCents <= known) continue
    await recordPayment(
      client,
      {
        ...{ organizationId, invoiceId, method: 'CARD', recordedBy: RECORDED_BY, at: now },
        cents: paidCents - known,
        receivedAt: paidAt ?? now,
        // One invoice may be paid in parts.
        reference: known === 0n ? id : `${id}/${paidCents}`,
        isCollected: true,
      },
      news,
    )
  }
}

/** Whatever stands in the metadata there. */
async function isOurs(
  client: BillingTransaction,
  organizationId: string,
  invoiceId: string,
): Promise<boolean> {
  if (!isUuid(invoiceId)) return false
  return (await selectDocuments(client, organizationId, 'i.id = $2', [invoiceId])).length > 0
}

async function recordedOf(
  client: BillingTransaction,
  organizationId: string,
  { id, invoiceId }: Pick<ProviderInvoice, 'id' | 'invoiceId'>,
): Promise<bigint> {
  return (await paymentsOf(client, organizationId, invoiceId))
    .filter(({ reference }) => reference === id || reference.startsWith(`${id}/`))
    .reduce((sum, payment) => sum + payment.cents, 0n)
}
