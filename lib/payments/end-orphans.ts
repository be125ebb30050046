import { sqlTransaction } from '@/lib/db/sql-transaction'
import type { Collector } from '@/lib/payments/collector'
import { mirrorHeld } from '@/lib/payments/mirror'
import { holdCustomer } from '@/lib/payments/provider-state'

/**
 * Has nothing charged any more of organizations that are gone, and forgets their customers. What was collected before
 * is recorded: invoices outlive their organization.
 * @returns how many failed; they are tried again by the next run
 */
export async function endOrphans(collector: Collector, now: number): Promise<number> {
  const { rows } = await collector.db.pool.query<{ customerId: string }>(
    `SELECT c.customer_id AS "customerId" FROM billing.provider_customer c
     WHERE NOT EXISTS (SELECT 1 FROM organizations o WHERE o.id = c.organization_id) ORDER BY 1 LIMIT 100`,
  )
  let failed = 0
  for (const { customerId } of rows) {
    try {
      await endOrphan(collector, customerId, now)
    } catch (error) {
      failed++
      collector.onFailure({ step: 'end', subject: customerId, error })
    }
  }
  return failed
}

async function endOrphan(collector: Collector, customerId: string, now: number): Promise<void> {
  await sqlTransaction(collector.db.pool, async (client) => {
    const organizationId = await holdCustomer(client, customerId)
    if (organizationId === null) return
    await collector.provider.endCustomer(customerId)
    await mirrorHeld(client, collector, { organizationId, customerId, now })
    for (const table of ['provider_customer', 'provider_state', 'provider_event', 'collection']) {
      await client.query(`DELETE FROM billing.${table} WHERE organization_id = $1`, [
        organizationId,
      ])
    }
  })
}
