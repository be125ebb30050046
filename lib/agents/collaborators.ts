import { can } from '@/lib/access/principal'
import { normalizeScopes, type Scope } from '@/lib/access/scopes'
import { authorizeOnAgent, requireAgentRole } from '@/lib/agents/access'
import type { AgentRole, AgentSummary, Collaborator } from '@/lib/agents/model'
import { agentTarget, type Client, EPOCH_MS, holdAgent, visibleAgent } from '@/lib/agents/rows'
import { appendAudit } from '@/lib/audit/append'
import type { Context } from '@/lib/context'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import { THIS_MOMENT } from '@/lib/db/this-moment'
import { DomainError, invalid } from '@/lib/errors'

interface OnPerson {
  agent: string
  userId: string
}

/** What a role on an agent is worth in scopes: no token hands on more than it holds. */
const WORTH: Record<AgentRole, readonly Scope[]> = {
  VIEWER: ['agents:read'],
  EDITOR: ['agents:read', 'agents:write', 'revisions:read', 'revisions:write', 'revisions:deploy'],
  ADMIN: ['agents:read', 'agents:write', 'revisions:read', 'revisions:write', 'revisions:deploy'],
}

/** `$1` organization, `$2` agent. */
const SELECT = `SELECT c.user_id AS "userId", u.display_name AS "displayName", u.email,
    u.avatar_id AS "avatarId", c.role, ${EPOCH_MS('c.created_at')} AS "createdAt",
    ${EPOCH_MS('c.modified_at')} AS "modifiedAt"
  FROM agents.collaborator c JOIN users u ON u.id = c.user_id
  JOIN memberships m ON m.organization_id = c.organization_id AND m.user_id = c.user_id
  WHERE c.organization_id = $1 AND c.agent_uid = $2`

/**
 * Who was given something on the agent, by name. Admins of the organization need no grant and are not listed.
 * @throws DomainError not-found
 */
export async function listCollaborators(
  ctx: Context,
  { agent }: { agent: string },
): Promise<Collaborator[]> {
  authorizeOnAgent(ctx, 'agents:read', 'agents:read')
  const found = await visibleAgent(ctx, agent)
  const { rows } = await ctx.db.pool.query<Collaborator>(
    `${SELECT} AND m.role <> 'ADMIN' ORDER BY lower(u.display_name), c.user_id`,
    [ctx.organization.id, found.uid],
  )
  return rows
}

/**
 * Gives a member a role on the agent, or another one.
 * @throws DomainError not-found | forbidden | invalid at `/userId` for who is no member | conflict `last_agent_admin`
 */
export async function putCollaborator(
  ctx: Context,
  { agent, userId, role }: OnPerson & { role: AgentRole },
): Promise<Collaborator> {
  authorizeOnAgent(ctx, 'agents:read', 'agents:write')
  const found = await administeredAgent(ctx, agent)
  requireWorth(ctx, role)
  return sqlTransaction(ctx.db.pool, async (client) => {
    await holdAgent(client, ctx, found)
    const person = await memberOf(client, ctx, userId)
    const before = await roleOf(client, ctx, found, userId)
    if (before !== role) {
      if (before === 'ADMIN') await requireAnotherAdmin(client, ctx, found, userId)
      await client.query(
        `INSERT INTO agents.collaborator (organization_id, agent_uid, user_id, role, created_at, modified_at)
         VALUES ($1, $2, $3, $4, ${THIS_MOMENT}, ${THIS_MOMENT})
         ON CONFLICT (organization_id, agent_uid, user_id)
         DO UPDATE SET role = excluded.role, modified_at = excluded.modified_at`,
        [ctx.organization.id, found.uid, userId, role],
      )
    }
    const { rows } = await client.query<Collaborator>(`${SELECT} AND c.user_id = $3`, [
      ctx.organization.id,
      found.uid,
      userId,
    ])
    if (!rows[0]) throw new Error('The collaborator who was just written is not there.')
    if (before !== role) {
      await appendAudit(client, ctx, {
        eventType: 'COLLABORATOR_SET',
        target: agentTarget(found),
        details: { agent: found.id, person, role: { before, after: role } },
      })
    }
    return rows[0]
  })
}

/**
 * Takes what the person was given on the agent. Idempotent.
 * @throws DomainError not-found | forbidden | conflict `last_agent_admin`
 */
export async function removeCollaborator(ctx: Context, { agent, userId }: OnPerson): Promise<void> {
  authorizeOnAgent(ctx, 'agents:read', 'agents:write')
  const found = await administeredAgent(ctx, agent)
  await sqlTransaction(ctx.db.pool, async (client) => {
    await holdAgent(client, ctx, found)
    const before = await roleOf(client, ctx, found, userId)
    if (before === null) return
    if (before === 'ADMIN') await requireAnotherAdmin(client, ctx, found, userId)
    const person = await memberOf(client, ctx, userId)
    await client.query(
      'DELETE FROM agents.collaborator WHERE organization_id = $1 AND agent_uid = $2 AND user_id = $3',
      [ctx.organization.id, found.uid, userId],
    )
    await appendAudit(client, ctx, {
      eventType: 'COLLABORATOR_REMOVED',
      target: agentTarget(found),
      details: { agent: found.id, person, role: { before, after: null } },
    })
  })
}

async function administeredAgent(ctx: Context, agent: string): Promise<AgentSummary> {
  const found = await visibleAgent(ctx, agent)
  requireAgentRole(found, 'ADMIN')
  return found
}

/** People hand on what their role on the agent gives them. @throws DomainError forbidden `scope_exceeds_yours` */
function requireWorth({ principal }: Context, role: AgentRole): void {
  if (principal.kind === 'user') return
  const missing = normalizeScopes(WORTH[role].filter((scope) => !can(principal, scope)))
  if (missing.length === 0) return
  throw new DomainError(
    'forbidden',
    'scope_exceeds_yours',
    `This token cannot give a role that is worth more than its own scopes: it lacks ${missing.join(', ')}.`,
    { missingScopes: [...missing] },
  )
}

async function memberOf(client: Client, ctx: Context, userId: string): Promise<string> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT u.display_name AS name FROM memberships m JOIN users u ON u.id = m.user_id
     WHERE m.organization_id = $1 AND m.user_id = $2 FOR KEY SHARE OF m`,
    [ctx.organization.id, userId],
  )
  if (rows[0]) return rows[0].name
  throw invalid([{ pointer: '/userId', detail: 'Nobody of the organization has this id.' }])
}

async function roleOf(
  client: Client,
  ctx: Context,
  { uid }: AgentSummary,
  userId: string,
): Promise<AgentRole | null> {
  const { rows } = await client.query<{ role: AgentRole }>(
    `SELECT role FROM agents.collaborator WHERE organization_id = $1 AND agent_uid = $2 AND user_id = $3`,
    [ctx.organization.id, uid, userId],
  )
  return rows[0]?.role ?? null
}

async function requireAnotherAdmin(
  client: Client,
  ctx: Context,
  { uid }: AgentSummary,
  userId: string,
): Promise<void> {
  const { rows } = await client.query<{ others: number }>(
    `SELECT count(*)::int AS others FROM agents.collaborator
     WHERE organization_id = $1 AND agent_uid = $2 AND role = 'ADMIN' AND user_id <> $3`,
    [ctx.organization.id, uid, userId],
  )
  if ((rows[0]?.others ?? 0) > 0) return
  throw new DomainError(
    'conflict',
    'last_agent_admin',
    'This is the only admin of the agent. Make somebody else its admin first.',
  )
}
