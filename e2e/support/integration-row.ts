import type { Pool } from 'pg'
import { newId } from '@/lib/ids'

/**
 * Writes an integration that offers no tool past the product: the same one until something was done with it, for an
 * organization has room for so many. @returns its id
 */
export async function insertIntegrationRow(
  pool: Pick<Pool, 'query'>,
  organizationId: string,
): Promise<string> {
  const { rows } = await pool.query<{ id: string }>(
    `SELECT i.id FROM integrations.integration i
     JOIN integrations.mcp_config c ON c.organization_id = i.organization_id AND c.integration_uid = i.uid
     WHERE i.organization_id = $1 AND i.created_by_label = 'Test' AND i.modified_at = i.created_at
       AND c.modified_at = c.created_at AND NOT c.enabled
       AND NOT EXISTS (SELECT 1 FROM tokens t WHERE t.organization_id = $1 AND t.integration_id = i.uid)
     LIMIT 1`,
    [organizationId],
  )
  if (rows[0]) return rows[0].id
  const uid = newId()
  const id = `desk-${uid.slice(-12)}`
  await pool.query(
    `INSERT INTO integrations.integration (organization_id, uid, id, display_name, description, agent_uids,
       created_by_label, created_at, modified_at)
     VALUES ($1, $2, $3, 'Desk', '', '{}', 'Test', now(), now())`,
    [organizationId, uid, id],
  )
  await pool.query(
    `INSERT INTO integrations.mcp_config (organization_id, integration_uid, id, enabled, exposed_tool_ids,
       description, created_at, modified_at)
     VALUES ($1, $2, $3, false, '{}', '', now(), now())`,
    [organizationId, uid, newId()],
  )
  return id
}
