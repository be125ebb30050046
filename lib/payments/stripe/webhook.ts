import Stripe from 'stripe'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import { DomainError } from '@/lib/errors'
import type { Collector } from '@/lib/payments/collector'
import { mirrorHeld } from '@/lib/payments/mirror'
import { holdCustomer } from '@/lib/payments/provider-state'
import { chargeNewCard } from '@/lib/payments/stripe/new-card'
import { Turns } from '@/lib/payments/turns'

export interface Webhook {
  /** As it came, byte by byte: the signature is over that. */
  body: string | Uint8Array
  signature: string
  /** Epoch ms. */
  now: number
}

/** KNOWN was carried out before; IGNORED is of nobody here, or of no interest. */
export type WebhookOutcome = 'APPLIED' | 'KNOWN' | 'IGNORED'

/** The beginnings of types of events that say something of what is mirrored. */
const MEANT = ['customer.', 'invoice.', 'payment_method.', 'checkout.session.']

/**
 * Each holds a connection of the database while Stripe is asked, and Stripe sends many at the same time: the others
 * wait without one, so that pages are not kept waiting.
 */
const turns = new Turns(4)

/**
 * Takes an event of Stripe. It says only that something changed: what, is read from Stripe, so that events may come in
 * any order, late or twice. Whatever fails undoes all of it, and Stripe sends the event again.
 * @throws DomainError forbidden `webhook_signature` where it is not of Stripe, or older than five minutes
 */
export async function receiveWebhook(
  collector: Collector,
  webhook: Webhook,
): Promise<WebhookOutcome> {
  const event = verified(webhook, collector.webhookSecret)
  return turns.take(() => applyEvent(collector, event, webhook.now))
}

function verified({ body, signature, now }: Webhook, secret: string): Stripe.Event {
  try {
    return Stripe.webhooks.constructEvent(body, signature, secret, undefined, undefined, now)
  } catch (error) {
    throw new DomainError(
      'forbidden',
      'webhook_signature',
      'The signature is missing, wrong or too old. Check the signing secret of the webhook.',
      { cause: error },
    )
  }
}

/** Carries an event out once, however often and by whichever way it comes. */
export async function applyEvent(
  collector: Collector,
  event: Stripe.Event,
  now: number,
): Promise<WebhookOutcome> {
  const customerId = MEANT.some((type) => event.type.startsWith(type)) ? customerIn(event) : null
  if (customerId === null) return 'IGNORED'
  return sqlTransaction(collector.db.pool, async (client) => {
    const organizationId = await holdCustomer(client, customerId)
    if (organizationId === null) return 'IGNORED'
    const { rowCount } = await client.query(
      `INSERT INTO billing.provider_event (id, organization_id, type, created_at, processed_at)
       VALUES ($1, $2, $3, $4, $5) ON CONFLICT (id) DO NOTHING`,
      [event.id, organizationId, event.type, event.created * 1000, now],
    )
    if (rowCount === 0) return 'KNOWN'
    if (event.type === 'checkout.session.completed') {
      const { stripe } = collector.provider
      const session = await stripe.checkout.sessions.retrieve(event.data.object.id, {
        expand: ['setup_intent'],
      })
      await chargeNewCard(client, stripe, { organizationId, customerId, session, now })
    }
    await mirrorHeld(client, collector, { organizationId, customerId, now })
    return 'APPLIED'
  })
}

function customerIn({ data }: Stripe.Event): string | null {
  const { id, object, customer } = data.object as Named
  // A card that was taken away no longer says whose it was.
  const before = (data.previous_attributes as Named | undefined)?.customer
  const found = object === 'customer' ? id : (customer ?? before)
  return typeof found === 'string' ? found : null
}

type Named = Partial<Record<'id' | 'object' | 'customer', unknown>>
