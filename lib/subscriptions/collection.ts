import type pg from 'pg'
import type { Database } from '@/lib/db/database'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import { selectDocuments } from '@/lib/invoices/invoice-ledger'
import type { Issuer } from '@/lib/invoices/issuer'
import { declinedInvoices } from '@/lib/payments/collection-store'
import type { SubscriptionAgreement } from '@/lib/payments/collector'
import { recordCollection } from '@/lib/subscriptions/advance'
import { holdSubscription, saveProvider } from '@/lib/subscriptions/subscription-store'

interface Subject {
  organizationId: string
  /** Epoch ms. */
  now: number
}

/** Organizations that have an invoice overdue, or whose last one was settled while they are past due, by id. */
export async function organizationsToCollect(
  { pool }: Pick<Database, 'pool'>,
  now: number,
): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>(
    `SELECT o.id FROM organizations o LEFT JOIN billing.subscription s ON s.organization_id = o.id
     WHERE s.past_due_since IS NOT NULL OR EXISTS (
       SELECT 1 FROM billing.invoice i
       WHERE i.organization_id = o.id AND i.state = 'OPEN' AND i.due_at < $1)
     ORDER BY o.id`,
    [new Date(now)],
  )
  return rows.map(({ id }) => id)
}

/**
 * Brings the subscription into agreement with the invoices: past due where one is overdue or its card was declined, and
 * not where none is. Of each such invoice people are told once.
 */
export async function collect(
  { pool }: Pick<Database, 'pool'>,
  issuer: Issuer,
  subject: Subject,
): Promise<void> {
  await sqlTransaction(pool, async (client) => {
    await holdSubscription(client, subject.organizationId)
    await settle(client, issuer, subject)
  })
}

/**
 * What whoever runs the installation does with invoices, and what follows from it for the subscription, in one
 * transaction.
 * @param work its last statement may be an audit event
 */
export async function settlingAfter<T>(
  { pool }: Pick<Database, 'pool'>,
  issuer: Issuer,
  subject: Subject,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  return sqlTransaction(pool, async (client) => {
    // First, as everything does that changes subscriptions and invoices: nobody waits for another in a circle.
    if (!(await holdWhileThere(client, subject.organizationId))) return work(client)
    const result = await work(client)
    await settle(client, issuer, subject)
    return result
  })
}

/** What follows for the subscription from what a payment provider has collected. */
export function agreementBy(issuer: Issuer): SubscriptionAgreement {
  return {
    hold: holdWhileThere,
    async settle(client, { organizationId, now, hasCard }) {
      await saveProvider(client, organizationId, hasCard ? 'STRIPE' : 'LEDGER')
      await settle(client, issuer, { organizationId, now })
    },
  }
}

/** Invoices outlive their organization, and can be paid after its end. @returns whether it is there */
async function holdWhileThere(client: pg.PoolClient, organizationId: string): Promise<boolean> {
  const { rowCount } = await client.query(
    'SELECT 1 FROM organizations WHERE id = $1 FOR KEY SHARE',
    [organizationId],
  )
  if (!rowCount) return false
  await holdSubscription(client, organizationId)
  return true
}

/** Who comes later need not be told of every old debt; nor is anybody whose notice was tidied away meanwhile. */
const TELLING_MS = 30 * 86_400_000

async function settle(client: pg.PoolClient, issuer: Issuer, subject: Subject): Promise<void> {
  const { organizationId, now } = subject
  const declined = await declinedInvoices(client, organizationId)
  const unpaid = await selectDocuments(
    client,
    organizationId,
    `i.state = 'OPEN' AND (i.due_at < $2 OR i.id = ANY($3))`,
    [new Date(now), declined],
  )
  for (const invoice of unpaid) {
    const { dueAt } = invoice.snapshot
    if (declined.includes(invoice.id)) await issuer.news.declined(client, invoice)
    else if (dueAt !== null && now - dueAt < TELLING_MS) await issuer.news.overdue(client, invoice)
  }
  const type = unpaid.length > 0 ? 'MARK_PAST_DUE' : 'MARK_PAID'
  await recordCollection(client, issuer.portAt(now), subject, type)
}
