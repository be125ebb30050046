import type pg from 'pg'
import type Stripe from 'stripe'

/**
 * The card of a page for cards becomes the one that is charged: once for each page, so that another choice of later is
 * kept, and only while no newer card is there. Within the transaction that holds the customer.
 */
export async function chargeNewCard(
  client: pg.PoolClient,
  stripe: Stripe,
  { organizationId, customerId, session, now }: CompletedSetup,
): Promise<void> {
  const intent = session.setup_intent
  if (session.mode !== 'setup' || intent === null || typeof intent === 'string') return
  const { rowCount } = await client.query(
    `INSERT INTO billing.provider_event (id, organization_id, type, created_at, processed_at)
     VALUES ($1, $2, 'setup', $3, $4) ON CONFLICT (id) DO NOTHING`,
    [session.id, organizationId, session.created * 1000, now],
  )
  if (rowCount === 0) return
  const { data } = await stripe.customers.listPaymentMethods(customerId, { limit: 1 })
  const [newest] = data
  if (!newest || newest.id !== intent.payment_method) return
  await stripe.customers.update(customerId, {
    invoice_settings: { default_payment_method: newest.id },
  })
}

export interface CompletedSetup {
  organizationId: string
  customerId: string
  /** With its setup intent expanded. */
  session: Stripe.Checkout.Session
  /** Epoch ms. */
  now: number
}
