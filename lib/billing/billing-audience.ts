import type { BillingTransaction } from '@/lib/billing/charge'
import type { Recipient } from '@/lib/notifications/recipients'

/**
 * Who is told of what concerns money: admins and finance.
 * @param but who did it, and knows
 */
export async function billingAudience(
  client: BillingTransaction,
  organizationId: string,
  but: string | null = null,
): Promise<Recipient[]> {
  const { rows } = await client.query<Recipient>(
    `SELECT user_id AS "userId", role::text AS reason FROM memberships
     WHERE organization_id = $1 AND role IN ('ADMIN', 'FINANCE') AND user_id IS DISTINCT FROM $2::uuid`,
    [organizationId, but],
  )
  return rows
}
