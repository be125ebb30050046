import { authorize, requireOrganizationInventory } from '@/lib/access/authorize'
import type { Context } from '@/lib/context'

/** An agent whose deployed revision asks for a provider. */
export interface ProviderUse {
  provider: string
  agentId: string
  displayName: string
}

/**
 * Which agents run on which provider now, by their deployed revisions; archived ones run nothing.
 * @throws DomainError forbidden; for who sees the whole organization
 */
export async function listProviderUse(ctx: Context): Promise<ProviderUse[]> {
  authorize(ctx.principal, 'agents:read')
  requireOrganizationInventory(ctx.principal)
  const { rows } = await ctx.db.pool.query<ProviderUse>(
    `SELECT r.definition ->> 'provider' AS provider, a.id AS "agentId", a.display_name AS "displayName"
     FROM agents.agent a JOIN agents.revision r ON r.organization_id = a.organization_id
       AND r.agent_uid = a.uid AND r.number = a.deployed_revision
     WHERE a.organization_id = $1 AND a.archived_at IS NULL
     ORDER BY a.display_name, a.id`,
    [ctx.organization.id],
  )
  return rows
}
