import { authorize } from '@/lib/access/authorize'
import type { Context } from '@/lib/context'
import { type CreditEntry, creditBalance } from '@/lib/invoices/credit'

const ENTRIES_MAX = 100

export interface CreditRow extends Omit<CreditEntry, 'organizationId'> {
  /** Of the document that it came from or went to. */
  number: string
}

export interface Credits {
  /** US cents that the next invoice uses first. */
  balanceCents: bigint
  /** The newest hundred, newest first. */
  entries: CreditRow[]
}

/** What the organization has in hand, and where it came from. @throws DomainError forbidden */
export async function readCredits(ctx: Context): Promise<Credits> {
  authorize(ctx.principal, 'billing:read')
  const organizationId = ctx.organization.id
  const { rows } = await ctx.db.pool.query<
    Omit<CreditRow, 'at' | 'cents'> & { at: Date; cents: string }
  >(
    `SELECT c.at, c.cents, c.reason, c.invoice_id AS "invoiceId", i.number
     FROM billing.credit_entry c
     JOIN billing.invoice i ON i.organization_id = c.organization_id AND i.id = c.invoice_id
     WHERE c.organization_id = $1 ORDER BY c.at DESC, c.id DESC LIMIT ${ENTRIES_MAX}`,
    [organizationId],
  )
  return {
    balanceCents: await creditBalance(ctx.db.pool, organizationId),
    entries: rows.map((row) => ({ ...row, at: row.at.getTime(), cents: BigInt(row.cents) })),
  }
}
