import type Stripe from 'stripe'
import type { Collector } from '@/lib/payments/collector'
import { endOrphans } from '@/lib/payments/end-orphans'
import { mirrorCustomer } from '@/lib/payments/mirror'
import { applyEvent } from '@/lib/payments/stripe/webhook'

const DAY_MS = 86_400_000
/** Stripe sends an event again for three days, then no more. */
const EVENT_DAYS = 4
/** Of events that were carried out; Stripe itself keeps events for thirty days. */
const REMEMBERED_DAYS = 60

export interface Reconciliation {
  /** Events that never came, and were carried out now. */
  events: number
  customers: number
  /** How many failed; all others were looked at nevertheless. */
  failed: number
}

/** Every night: carries out events that never came, then compares all customers with what Stripe has. */
export async function reconcileStripe(collector: Collector, now: number): Promise<Reconciliation> {
  const result: Reconciliation = { events: 0, customers: 0, failed: 0 }
  for (const event of await missedEvents(collector, now)) {
    try {
      if ((await applyEvent(collector, event, now)) === 'APPLIED') result.events++
    } catch (error) {
      result.failed++
      collector.onFailure({ step: 'event', subject: event.id, error })
    }
  }
  result.failed += await endOrphans(collector, now)
  for (const customerId of await customersOf(collector)) {
    try {
      await mirrorCustomer(collector, customerId, now)
      result.customers++
    } catch (error) {
      result.failed++
      collector.onFailure({ step: 'mirror', subject: customerId, error })
    }
  }
  await collector.db.pool.query('DELETE FROM billing.provider_event WHERE created_at < $1', [
    now - REMEMBERED_DAYS * DAY_MS,
  ])
  return result
}

/** Of the last days, the oldest first. */
async function missedEvents({ db, provider }: Collector, now: number): Promise<Stripe.Event[]> {
  const since = Math.floor((now - EVENT_DAYS * DAY_MS) / 1000)
  const events: Stripe.Event[] = []
  for await (const event of provider.stripe.events.list({ created: { gte: since }, limit: 100 })) {
    events.unshift(event)
  }
  const { rows } = await db.pool.query<{ id: string }>(
    'SELECT id FROM billing.provider_event WHERE id = ANY($1)',
    [events.map(({ id }) => id)],
  )
  const known = new Set(rows.map(({ id }) => id))
  return events.filter(({ id }) => !known.has(id))
}

async function customersOf({ db }: Collector): Promise<string[]> {
  const { rows } = await db.pool.query<{ id: string }>(
    'SELECT customer_id AS id FROM billing.provider_customer ORDER BY 1',
  )
  return rows.map(({ id }) => id)
}
