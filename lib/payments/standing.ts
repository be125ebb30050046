import { authorize } from '@/lib/access/authorize'
import type { Context } from '@/lib/context'
import { type Card, expiresSoon, isDeclined } from '@/lib/payments/payment-provider'
import { findState } from '@/lib/payments/provider-state'

/** How payments are collected from the organization, and whether that works. */
export interface PaymentStanding {
  /** Null where none is charged. */
  card: Omit<Card, 'id'> | null
  expiresSoon: boolean
  /** Null where nothing was declined that is still to be paid. */
  failure: PaymentFailure | null
}

export interface PaymentFailure {
  invoiceId: string
  invoiceNumber: string
  /** In words of the provider. */
  reason: string
  /** Epoch ms; null where the card is not tried again by itself. */
  nextAttemptAt: number | null
}

/** As it was last heard of the provider. @throws DomainError forbidden without billing:read */
export async function paymentStanding(ctx: Context): Promise<PaymentStanding> {
  authorize(ctx.principal, 'billing:read')
  const state = await findState(ctx.db.pool, ctx.organization.id)
  if (state === null) return { card: null, expiresSoon: false, failure: null }
  const { rows } = await ctx.db.pool.query<{ id: string; number: string }>(
    `SELECT id, number FROM billing.invoice
     WHERE organization_id = $1 AND state = 'OPEN' AND id::text = ANY($2) ORDER BY issued_at, id`,
    [ctx.organization.id, state.invoices.filter(isDeclined).map(({ invoiceId }) => invoiceId)],
  )
  const [oldest] = rows
  const declined = state.invoices.find(({ invoiceId }) => invoiceId === oldest?.id)
  const { card } = state
  return {
    card: card && {
      ...{ brand: card.brand, last4: card.last4 },
      ...{ expiresMonth: card.expiresMonth, expiresYear: card.expiresYear },
    },
    expiresSoon: card !== null && expiresSoon(card, ctx.now),
    failure:
      oldest && declined
        ? {
            ...{ invoiceId: oldest.id, invoiceNumber: oldest.number },
            reason: declined.declineReason ?? '',
            nextAttemptAt: declined.nextAttemptAt,
          }
        : null,
  }
}
