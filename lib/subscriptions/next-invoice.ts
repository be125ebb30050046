import { authorize } from '@/lib/access/authorize'
import { centsOfNano } from '@/lib/billing/money'
import type { Context } from '@/lib/context'
import { closingLines } from '@/lib/invoices/closing-lines'
import { creditBalance } from '@/lib/invoices/credit'
import { invoiceLines, taxOf, totalsOf } from '@/lib/invoices/invoice-line'
import type { InvoiceLine, InvoiceTotals, Tax } from '@/lib/invoices/invoice-snapshot'
import { openDues } from '@/lib/invoices/open-dues'
import type { BillingPeriod } from '@/lib/plans/billing-period'
import type { Projection } from '@/lib/projection/projection'
import { readProjection } from '@/lib/projection/projection-query'
import { comingSpans } from '@/lib/subscriptions/plan-spans'
import { findSubscription } from '@/lib/subscriptions/subscription-store'
import { dueTransitions, settled } from '@/lib/subscriptions/subscription-time'

/** What the invoice at the end of the period will ask for; US cents, with tax, before credit. */
export interface ExpectedTotal {
  cents: bigint
  /** With a chance of about 80 % the total lies from `lowCents` to `highCents`. */
  lowCents: bigint
  highCents: bigint
  /** Of what models will have cost, from which it comes. */
  projection: Projection
}

export interface NextInvoice {
  /** The period under way: the invoice is made when it ends. */
  period: BillingPeriod
  /** As the invoice would print them if the period ended now. */
  lines: InvoiceLine[]
  totals: InvoiceTotals
  /** Null while too little is known of what the organization uses. */
  expected: ExpectedTotal | null
}

/**
 * What the period under way costs so far, line by line, and what it is expected to cost. What goes beyond allowances
 * is expected to stay as it is now.
 * @param tax null: none is charged
 * @throws DomainError forbidden
 */
export async function readNextInvoice(
  ctx: Context,
  { tax }: { tax: Tax | null },
): Promise<NextInvoice> {
  authorize(ctx.principal, 'billing:read')
  const { pool } = ctx.db
  const id = ctx.organization.id
  const stored = await findSubscription(pool, id)
  const present = settled(stored, ctx.now)
  const { period } = present
  const closing = dueTransitions(present, period.to).find(
    ({ before, after }) => before.period.to !== after.period.to,
  )
  const [spans, balance, projection] = await Promise.all([
    comingSpans(pool, id, stored, period),
    creditBalance(pool, id),
    readProjection(ctx, period),
  ])
  const charges = await openDues(pool, id, { period, spans, now: ctx.now })
  const lines = invoiceLines(closingLines(period, closing?.lines ?? [], charges), tax)
  const totals = totalsOf(lines, balance)
  return { period, lines, totals, expected: projection && expectedOf(totals, projection, tax) }
}

function expectedOf(
  { totalCents }: InvoiceTotals,
  projection: Projection,
  tax: Tax | null,
): ExpectedTotal {
  const withMore = (end: bigint) => {
    const cents = centsOfNano(end - projection.spent)
    return totalCents + cents + taxOf(cents, tax)
  }
  return {
    cents: withMore(projection.amount),
    lowCents: withMore(projection.low),
    highCents: withMore(projection.high),
    projection,
  }
}
