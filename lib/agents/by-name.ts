import { accessValues, requireAgentRole } from '@/lib/agents/access'
import type { AgentRole } from '@/lib/agents/model'
import { archived, visibleAgent } from '@/lib/agents/rows'
import type { Context } from '@/lib/context'

/**
 * For what is kept by the name of an agent, which need not be one that is known here: a program may have reported
 * it. Where it is known, what holds for the agent holds for that too. Callers have authorized before.
 */

/**
 * Nothing where no agent has this id; else the caller must see it, and have this role on it.
 * @throws DomainError not-found | forbidden `role_insufficient` | conflict `agent_archived`, unless only read
 */
export async function requireRoleWhereKnown(
  ctx: Context,
  agent: string,
  needed: AgentRole,
): Promise<void> {
  const { rowCount } = await ctx.db.pool.query(
    'SELECT 1 FROM agents.agent WHERE organization_id = $1 AND id = $2',
    [ctx.organization.id, agent],
  )
  if (rowCount === 0) return
  const found = await visibleAgent(ctx, agent)
  requireAgentRole(found, needed)
  if (needed !== 'VIEWER' && found.archivedAt !== null) throw archived()
}

/** What the caller may do on each agent that is known here: null on one that they do not see. By id. */
export async function rolesOnKnownAgents(ctx: Context): Promise<Map<string, AgentRole | null>> {
  const { rows } = await ctx.db.pool.query<{ id: string; role: AgentRole | null }>(
    `SELECT a.id, CASE WHEN $2::boolean THEN 'ADMIN' ELSE c.role END AS role
     FROM agents.agent a
     LEFT JOIN agents.collaborator c ON c.organization_id = a.organization_id AND c.agent_uid = a.uid
       AND c.user_id = $3::uuid
     WHERE a.organization_id = $1`,
    [ctx.organization.id, ...accessValues(ctx.principal)],
  )
  return new Map(rows.map(({ id, role }) => [id, role]))
}
