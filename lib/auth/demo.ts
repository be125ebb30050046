import type { Role } from '@/lib/access/roles'
import type { Database } from '@/lib/db/database'

/** The password of every person in a demo organization. Public on purpose: the sign-in page shows it. */
export const DEMO_PASSWORD = 'fruxon-demo-2026'

const SHOWN_AT_MOST = 12

export interface DemoLogin {
  userId: string
  email: string
  displayName: string
  /** In the first of the organizations. */
  role: Role
  organizationNames: string[]
}

/** Who can be tried out: people of demo organizations, admins first. Empty where there is no demo. */
export async function listDemoLogins(db: Database): Promise<DemoLogin[]> {
  const { rows } = await db.pool.query<DemoLogin>(
    `SELECT u.id AS "userId", u.email, u.display_name AS "displayName",
            (array_agg(m.role ORDER BY o.created_at, o.id))[1] AS role,
            array_agg(o.name ORDER BY o.created_at, o.id) AS "organizationNames"
       FROM organizations o
       JOIN memberships m ON m.organization_id = o.id
       JOIN users u ON u.id = m.user_id
      WHERE o.is_demo AND u.password_hash IS NOT NULL
      GROUP BY u.id
      ORDER BY min(o.created_at), 3, u.created_at, u.id
      LIMIT $1`,
    [SHOWN_AT_MOST],
  )
  return rows
}
