import type { Pool } from 'pg'
import { newId } from '@/lib/ids'

/** Writes an integration that offers no tool past the product. @returns its id */
export async function insertIntegrationRow(
  pool: Pick<Pool, 'query'>,
  organizationId: string,
): Promise<string> {
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
