import type pg from 'pg'

/** Reading what the product has written: the state behind its answers. */

export interface AuditRow {
  seq: number
  eventType: string
  targetId: string
  familyId: string | null
  details: Record<string, unknown>
}

/** Every audit event of the organization, oldest first. */
export async function auditOf(pool: pg.Pool, organizationId: string): Promise<AuditRow[]> {
  const { rows } = await pool.query<AuditRow>(
    `SELECT seq::int, event_type AS "eventType", target_id AS "targetId", family_id AS "familyId",
       payload::jsonb->'details' AS details
     FROM audit.event WHERE organization_id = $1 ORDER BY seq`,
    [organizationId],
  )
  return rows
}

/** The whole state of an organization as text, but for the stamps that any use leaves behind. */
export async function stateOf(pool: pg.Pool, organizationId: string): Promise<string> {
  const parts = [
    `SELECT to_jsonb(t) - 'last_used_at' - 'last_used_ip' FROM tokens t WHERE organization_id = $1 ORDER BY id`,
    'SELECT to_jsonb(s) FROM service_accounts s WHERE organization_id = $1 ORDER BY id',
    'SELECT to_jsonb(o) FROM organizations o WHERE id = $1',
    'SELECT to_jsonb(m) FROM memberships m WHERE organization_id = $1 ORDER BY user_id',
    'SELECT to_jsonb(i) FROM invitations i WHERE organization_id = $1 ORDER BY id',
    `SELECT u.email, u.display_name, u.email_verified_at FROM memberships m
     JOIN users u ON u.id = m.user_id WHERE organization_id = $1 ORDER BY u.id`,
    'SELECT to_jsonb(b) FROM usage.budget b WHERE organization_id = $1 ORDER BY id',
    'SELECT to_jsonb(a) FROM agents.agent a WHERE organization_id = $1 ORDER BY id',
    'SELECT to_jsonb(c) FROM agents.collaborator c WHERE organization_id = $1 ORDER BY agent_uid, user_id',
    'SELECT to_jsonb(r) FROM agents.access_request r WHERE organization_id = $1 ORDER BY agent_uid, user_id',
    'SELECT to_jsonb(m) FROM evaluation.metric m WHERE organization_id = $1 ORDER BY id',
    'SELECT to_jsonb(a) FROM evaluation.agent_metric a WHERE organization_id = $1 ORDER BY agent, metric_id',
    'SELECT to_jsonb(h) FROM audit.chain_head h WHERE organization_id = $1',
    'SELECT to_jsonb(i) FROM idempotency_records i WHERE organization_id = $1 ORDER BY key',
  ]
  const results = await Promise.all(parts.map((sql) => pool.query(sql, [organizationId])))
  return JSON.stringify(results.map(({ rows }) => rows))
}

/** How many secrets of the family are accepted now. */
export async function liveSecrets(pool: pg.Pool, familyId: string): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM tokens WHERE family_id = $1
       AND (revoked_at IS NULL OR revoked_at > now()) AND (expires_at IS NULL OR expires_at > now())`,
    [familyId],
  )
  return rows[0]?.count ?? 0
}
