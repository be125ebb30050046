import type pg from 'pg'
import type { BillingTransaction } from '@/lib/billing/charge'
import { DomainError, invalid } from '@/lib/errors'
import { newId } from '@/lib/ids'
import { addCredit, lockBilling } from '@/lib/invoices/credit'
import { type DocumentNews, NO_NEWS } from '@/lib/invoices/document-news'
import { auditDocument } from '@/lib/invoices/invoice-audit'
import { type LedgerDocument, moveInvoice, requireDocument } from '@/lib/invoices/invoice-ledger'

export const PAYMENT_METHODS = ['BANK_TRANSFER', 'DIRECT_DEBIT', 'CARD', 'OTHER'] as const
export type PaymentMethod = (typeof PAYMENT_METHODS)[number]

/** Money that came in for an invoice. */
export interface Payment {
  id: string
  /** Epoch ms at which the money was there. */
  receivedAt: number
  /** US cents. */
  cents: bigint
  method: PaymentMethod
  /** What the bank or the provider calls it. */
  reference: string
}

export interface PaymentWish extends Omit<Payment, 'id'> {
  organizationId: string
  invoiceId: string
  /** Who runs this installation, or the provider that reported it. */
  recordedBy: string
  /** Epoch ms at which it is recorded. */
  at: number
  /** A provider took the money already: also of an invoice that is void by now it is recorded, and becomes credit. */
  isCollected?: boolean
}

/**
 * Records a payment, once by its reference. An invoice that nothing is left of becomes PAID; what is too much
 * becomes credit. The last step of its transaction. Nobody's member may do this: it is for who runs the
 * installation, and for providers.
 * @returns the invoice as it stands now
 * @throws DomainError not-found | invalid | conflict `payment_differs` for a reference that was another amount |
 *   conflict `invoice_void`
 */
export async function recordPayment(
  client: BillingTransaction,
  wish: PaymentWish,
  news: DocumentNews = NO_NEWS,
): Promise<LedgerDocument> {
  const { organizationId, invoiceId, cents, method, reference, recordedBy, at } = wish
  requirePayment(wish)
  await lockBilling(client, organizationId)
  const invoice = await requireDocument(client, organizationId, invoiceId)
  requirePayable(invoice, wish)
  if (await isRecorded(client, wish)) return invoice
  await client.query(
    `INSERT INTO billing.payment (organization_id, id, invoice_id, received_at, cents, method, reference,
       recorded_by, recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      ...[organizationId, newId(), invoiceId, new Date(wish.receivedAt), cents.toString()],
      ...[method, reference, recordedBy, new Date(at)],
    ],
  )
  const { owedCents } = invoice
  if (owedCents > 0n && cents >= owedCents) await moveInvoice(client, invoice, 'PAID', at)
  await addCredit(client, {
    ...{ organizationId, at, invoiceId, reason: 'OVERPAID' },
    cents: cents > owedCents ? cents - owedCents : 0n,
  })
  const paid = await requireDocument(client, organizationId, invoiceId)
  await news.paid(client, paid, { cents, reference })
  await auditDocument(client, {
    ...{ organizationId, eventType: 'PAYMENT_RECORDED', operator: recordedBy },
    invoice: { id: invoiceId, number: invoice.snapshot.number },
    details: { cents: cents.toString(), method, reference },
  })
  return paid
}

/** Payments of an invoice, oldest first. For callers that have authorized. */
export async function paymentsOf(
  client: BillingTransaction | pg.Pool,
  organizationId: string,
  invoiceId: string,
): Promise<Payment[]> {
  const { rows } = await client.query<Omit<Payment, 'cents'> & { cents: string }>(
    `SELECT id, (extract(epoch FROM received_at) * 1000)::float8 AS "receivedAt", cents, method, reference
     FROM billing.payment WHERE organization_id = $1 AND invoice_id = $2 ORDER BY received_at, id`,
    [organizationId, invoiceId],
  )
  return rows.map((row) => ({ ...row, cents: BigInt(row.cents) }))
}

function requirePayment({ cents, reference }: PaymentWish): void {
  if (cents <= 0n) {
    throw invalid([{ pointer: '/cents', detail: 'A payment is more than nothing.' }])
  }
  if (reference.trim() === '') {
    throw invalid([
      { pointer: '/reference', detail: 'Give the reference of the bank, so that it counts once.' },
    ])
  }
}

function requirePayable(
  { state, snapshot }: LedgerDocument,
  { isCollected = false }: PaymentWish,
): void {
  if ((state === 'VOID' && !isCollected) || state === 'ISSUED') {
    throw new DomainError(
      'conflict',
      'invoice_void',
      `${snapshot.number} is not to be paid. Record the payment on the invoice that it is for.`,
    )
  }
}

/** @throws DomainError conflict where the reference was recorded with another amount */
async function isRecorded(
  client: BillingTransaction,
  { organizationId, invoiceId, reference, cents }: PaymentWish,
): Promise<boolean> {
  const known = (await paymentsOf(client, organizationId, invoiceId)).find(
    (payment) => payment.reference === reference,
  )
  if (!known || known.cents === cents) return known !== undefined
  throw new DomainError(
    'conflict',
    'payment_differs',
    `The payment ${reference} was recorded with another amount. Give the other one its own reference.`,
  )
}
