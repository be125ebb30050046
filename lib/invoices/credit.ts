import type pg from 'pg'
import type { BillingTransaction } from '@/lib/billing/charge'
import { newId } from '@/lib/ids'

/** A change of the credit that an organization may use on its next invoices. */
export interface CreditEntry {
  organizationId: string
  /** Epoch ms. */
  at: number
  /** US cents; below 0 where an invoice used it. */
  cents: bigint
  reason: 'INVOICE_BELOW_ZERO' | 'USED' | 'INVOICE_VOIDED' | 'CREDIT_NOTE' | 'OVERPAID'
  /** The document that it came from or went to. */
  invoiceId: string
}

/** US cents, at least 0. For callers that have authorized. */
export async function creditBalance(
  client: BillingTransaction | pg.Pool,
  organizationId: string,
): Promise<bigint> {
  const { rows } = await client.query<{ balance: string }>(
    'SELECT coalesce(sum(cents), 0) AS balance FROM billing.credit_entry WHERE organization_id = $1',
    [organizationId],
  )
  return BigInt(rows[0]?.balance ?? 0)
}

/** Within a transaction that holds the lock of billing. Nothing for 0 cents. */
export async function addCredit(client: BillingTransaction, entry: CreditEntry): Promise<void> {
  if (entry.cents === 0n) return
  await client.query(
    `INSERT INTO billing.credit_entry (organization_id, id, at, cents, reason, invoice_id)
     VALUES ($1, $2, $3, $4, $5, $6)`,
    [
      entry.organizationId,
      newId(),
      new Date(entry.at),
      entry.cents.toString(),
      entry.reason,
      entry.invoiceId,
    ],
  )
}

/** Documents and credit of an organization are made one after the other, up to the end of the transaction. */
export async function lockBilling(
  client: BillingTransaction,
  organizationId: string,
): Promise<void> {
  await client.query(`SELECT pg_advisory_xact_lock(hashtextextended('billing/' || $1, 0))`, [
    organizationId,
  ])
}
