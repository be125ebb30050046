import { authorize } from '@/lib/access/authorize'
import type { Context } from '@/lib/context'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import { findCustomer } from '@/lib/payments/buyer'
import type { Collector } from '@/lib/payments/collector'
import { mirrorHeld } from '@/lib/payments/mirror'
import { holdCustomer } from '@/lib/payments/provider-state'
import { chargeNewCard } from '@/lib/payments/stripe/new-card'

/** Pages that are opened often must not ask Stripe each time. */
const FRESH_MS = 3000

/**
 * Reads anew what the provider has of the organization, for the page that a person comes back to: a card that was just
 * given is there, whether or not a webhook told of it. Nothing happens where it was read some seconds ago.
 * @throws DomainError forbidden without billing:read | StripeError
 */
export async function refreshPayments(ctx: Context, collector: Collector): Promise<void> {
  authorize(ctx.principal, 'billing:read')
  const { now } = ctx
  const organizationId = ctx.organization.id
  const customerId = await findCustomer(collector.db.pool, organizationId)
  if (customerId === null || (await isFresh(ctx))) return
  const { stripe } = collector.provider
  await sqlTransaction(collector.db.pool, async (client) => {
    if ((await holdCustomer(client, customerId)) === null) return
    const { data } = await stripe.checkout.sessions.list({
      ...{ customer: customerId, status: 'complete', limit: 1 },
      expand: ['data.setup_intent'],
    })
    const [session] = data
    if (session) await chargeNewCard(client, stripe, { organizationId, customerId, session, now })
    await mirrorHeld(client, collector, { organizationId, customerId, now })
  })
}

async function isFresh({ db, organization, now }: Context): Promise<boolean> {
  const { rowCount } = await db.pool.query(
    'SELECT 1 FROM billing.provider_state WHERE organization_id = $1 AND read_at > $2',
    [organization.id, now - FRESH_MS],
  )
  return (rowCount ?? 0) > 0
}
