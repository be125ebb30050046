import type pg from 'pg'
import type { BillingTransaction } from '@/lib/billing/charge'
import { findBillingDetails } from '@/lib/billing/details'
import type { Database } from '@/lib/db/database'
import { notFound } from '@/lib/errors'
import type { Buyer, PaymentProvider } from '@/lib/payments/payment-provider'

/** The organization as its billing details name it; by its own name where nobody gave any. */
export async function findBuyer(
  client: BillingTransaction | pg.Pool,
  organizationId: string,
): Promise<Buyer> {
  const details = await findBillingDetails(client, organizationId)
  if (details) {
    const { company: name, emails, ...address } = details
    return { organizationId, name, email: emails[0] ?? null, address }
  }
  const { rows } = await client.query<{ name: string }>(
    'SELECT name FROM organizations WHERE id = $1',
    [organizationId],
  )
  if (!rows[0]) throw notFound()
  return { organizationId, name: rows[0].name, email: null, address: null }
}

/**
 * The customer that the organization is at the provider, made when it is first needed. Should the process die between
 * the provider and the row, the next attempt is given the same customer.
 * @param now epoch ms
 */
export async function customerOf(
  db: Pick<Database, 'pool'>,
  provider: Pick<PaymentProvider, 'ensureCustomer'>,
  { organizationId, now }: { organizationId: string; now: number },
): Promise<string> {
  const known = await findCustomer(db.pool, organizationId)
  if (known !== null) return known
  const id = await provider.ensureCustomer(await findBuyer(db.pool, organizationId))
  await db.pool.query(
    `INSERT INTO billing.provider_customer (customer_id, organization_id, created_at)
     VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
    [id, organizationId, now],
  )
  // Of two attempts at once the first row counts; another customer would stay without a card.
  return (await findCustomer(db.pool, organizationId)) ?? id
}

/** Null where the provider knows nothing of the organization. */
export async function findCustomer(
  client: BillingTransaction | pg.Pool,
  organizationId: string,
): Promise<string | null> {
  const { rows } = await client.query<{ id: string }>(
    'SELECT customer_id AS id FROM billing.provider_customer WHERE organization_id = $1',
    [organizationId],
  )
  return rows[0]?.id ?? null
}
