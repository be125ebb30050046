import type { BillingTransaction } from '@/lib/billing/charge'

/** Invoices and credit notes are numbered apart, each year anew. */
export type NumberSeries = 'INV' | 'CN'

/**
 * The next number, as `INV-2026-000042`. The series stays locked to the end of the transaction, and a transaction
 * that fails gives its number back: there is no gap and no number twice. Ask for it late.
 * @param at epoch ms; its year in UTC
 */
export async function nextNumber(
  client: BillingTransaction,
  series: NumberSeries,
  at: number,
): Promise<string> {
  const year = new Date(at).getUTCFullYear()
  const { rows } = await client.query<{ last: string }>(
    `INSERT INTO billing.number_series AS known (series, year, last) VALUES ($1, $2, 1)
     ON CONFLICT (series, year) DO UPDATE SET last = known.last + 1 RETURNING last`,
    [series, year],
  )
  return `${series}-${year}-${(rows[0]?.last ?? '').padStart(6, '0')}`
}
