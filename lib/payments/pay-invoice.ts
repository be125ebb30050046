import { authorize } from '@/lib/access/authorize'
import type { Context } from '@/lib/context'
import { DomainError, notFound } from '@/lib/errors'
import { isUuid } from '@/lib/ids'
import { type LedgerDocument, requireDocument } from '@/lib/invoices/invoice-ledger'
import { customerOf } from '@/lib/payments/buyer'
import { askToPay, noteFailure, takeTask } from '@/lib/payments/collection-store'
import type { Collector } from '@/lib/payments/collector'
import { mirrorCustomer } from '@/lib/payments/mirror'
import { findState } from '@/lib/payments/provider-state'
import { LEAST_CENTS, tell } from '@/lib/payments/tell'

export interface PaymentAttempt {
  /** A page of the provider on which it can be paid; null where it is paid. */
  url: string | null
}

/**
 * Tries the card at once, for an invoice that is presented first if it was not. Where there is no card, or it was
 * declined, the answer is the page of the provider on which the invoice can be paid.
 * @throws DomainError forbidden | not-found | conflict `nothing_to_pay`, `below_card_minimum` | StripeError
 */
export async function payInvoice(
  ctx: Context,
  collector: Collector,
  { invoiceId }: { invoiceId: string },
): Promise<PaymentAttempt> {
  authorize(ctx.principal, 'billing:edit_details')
  if (!isUuid(invoiceId)) throw notFound()
  const { now } = ctx
  const subject = { organizationId: ctx.organization.id, invoiceId }
  const { pool } = collector.db
  requireChargeable(await requireDocument(pool, subject.organizationId, invoiceId))
  await customerOf(collector.db, collector.provider, { ...subject, now })
  await askToPay(pool, subject, { attempt: `by-hand/${now}`, now })
  const task = await takeTask(pool, now, subject)
  if (!task) throw new Error('What was just asked for is not there.')
  try {
    await mirrorCustomer(collector, await tell(collector, task), now)
  } catch (error) {
    await noteFailure(pool, task, error)
    throw error
  }
  const state = await findState(pool, subject.organizationId)
  const theirs = state?.invoices.find((one) => one.invoiceId === invoiceId)
  return { url: theirs && theirs.status !== 'PAID' ? theirs.hostedUrl : null }
}

function requireChargeable({ owedCents, snapshot: { number } }: LedgerDocument): void {
  if (owedCents === 0n) {
    throw new DomainError('conflict', 'nothing_to_pay', `Nothing is left to pay of ${number}.`)
  }
  if (owedCents < LEAST_CENTS) {
    throw new DomainError(
      'conflict',
      'below_card_minimum',
      `Cards are not charged for less than $0.50. Pay ${number} as it says.`,
    )
  }
}
