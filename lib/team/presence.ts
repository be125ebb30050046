import type { Database } from '@/lib/db/database'

/** Writes "active now" on the membership, at most once a minute however many requests arrive together. */
export async function noteVisit(
  db: Database,
  visit: { organizationId: string; userId: string },
): Promise<void> {
  await db.pool.query(
    `UPDATE memberships SET last_active_at = now() WHERE organization_id = $1 AND user_id = $2
       AND (last_active_at IS NULL OR last_active_at <= now() - interval '1 minute')`,
    [visit.organizationId, visit.userId],
  )
}
