import { can, personOf } from '@/lib/access/principal'
import { normalizeScopes, type Scope } from '@/lib/access/scopes'
import { reachesEveryAgent, requireAgentRole } from '@/lib/agents/access'
import type { AgentRole, AgentSummary, AlertPreferences, Collaborator } from '@/lib/agents/model'
import { type Client, EPOCH_MS, holdAgent, visibleAgent } from '@/lib/agents/rows'
import type { Context } from '@/lib/context'
import { THIS_MOMENT } from '@/lib/db/this-moment'
import { DomainError, invalid, notFound } from '@/lib/errors'

/** Reading and writing who was given what on an agent: steps of commands that have authorized. */

type Place = { organization: Pick<Context['organization'], 'id'> }

export const ALL_ALERTS: AlertPreferences = {
  errorAlerts: true,
  accessRequestAlerts: true,
  budgetAlerts: true,
}

type Row = Omit<Collaborator, 'alertPreferences'> & AlertPreferences

/** `$1` organization, `$2` agent. */
const SELECT = `SELECT c.user_id AS "userId", u.display_name AS "displayName", u.email,
    u.avatar_id AS "avatarId", c.role, c.error_alerts AS "errorAlerts",
    c.access_request_alerts AS "accessRequestAlerts", c.budget_alerts AS "budgetAlerts",
    ${EPOCH_MS('c.created_at')} AS "createdAt", ${EPOCH_MS('c.modified_at')} AS "modifiedAt"
  FROM agents.collaborator c JOIN users u ON u.id = c.user_id
  JOIN memberships m ON m.organization_id = c.organization_id AND m.user_id = c.user_id
  WHERE c.organization_id = $1 AND c.agent_uid = $2`

/** By name, without admins of the organization: they need no grant. */
export async function selectCollaborators(
  client: Client,
  { organization }: Place,
  { uid }: Pick<AgentSummary, 'uid'>,
): Promise<Collaborator[]> {
  const { rows } = await client.query<Row>(
    `${SELECT} AND m.role <> 'ADMIN' ORDER BY lower(u.display_name), c.user_id`,
    [organization.id, uid],
  )
  return rows.map(toCollaborator)
}

/** What this member was given, also where they are an admin of the organization. */
export async function selectCollaborator(
  client: Client,
  { organization }: Place,
  { uid }: Pick<AgentSummary, 'uid'>,
  userId: string,
): Promise<Collaborator | null> {
  const { rows } = await client.query<Row>(`${SELECT} AND c.user_id = $3`, [
    organization.id,
    uid,
    userId,
  ])
  return rows[0] ? toCollaborator(rows[0]) : null
}

function toCollaborator(row: Row): Collaborator {
  const { errorAlerts, accessRequestAlerts, budgetAlerts, ...rest } = row
  return { ...rest, alertPreferences: { errorAlerts, accessRequestAlerts, budgetAlerts } }
}

/** Gives the role and the alerts, whatever was there before. */
export async function writeCollaborator(
  client: Client,
  { organization }: Place,
  { uid }: Pick<AgentSummary, 'uid'>,
  given: { userId: string; role: AgentRole; alerts: AlertPreferences },
): Promise<Collaborator> {
  const { userId, role, alerts } = given
  await client.query(
    `INSERT INTO agents.collaborator (organization_id, agent_uid, user_id, role, error_alerts,
       access_request_alerts, budget_alerts, created_at, modified_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, ${THIS_MOMENT}, ${THIS_MOMENT})
     ON CONFLICT (organization_id, agent_uid, user_id) DO UPDATE SET role = excluded.role,
       error_alerts = excluded.error_alerts, access_request_alerts = excluded.access_request_alerts,
       budget_alerts = excluded.budget_alerts, modified_at = excluded.modified_at`,
    [
      organization.id,
      uid,
      userId,
      role,
      alerts.errorAlerts,
      alerts.accessRequestAlerts,
      alerts.budgetAlerts,
    ],
  )
  const written = await selectCollaborator(client, { organization }, { uid }, userId)
  if (!written) throw new Error('The collaborator who was just written is not there.')
  return written
}

/** The agent, for those who look after it. @throws DomainError not-found | forbidden */
export async function administeredAgent(ctx: Context, agent: string): Promise<AgentSummary> {
  const found = await visibleAgent(ctx, agent)
  requireAgentRole(found, 'ADMIN')
  return found
}

/**
 * Locks the agent to the end of the transaction, for who still has this role on it: it may have been taken since it
 * was looked up.
 * @throws DomainError not-found | forbidden `role_insufficient` | conflict `agent_archived`
 */
export async function holdWithRole(
  client: Client,
  ctx: Context,
  agent: AgentSummary,
  needed: AgentRole,
): Promise<void> {
  await holdAgent(client, ctx, agent)
  await requireRoleNow(client, ctx, agent, needed)
}

/** While the agent is held. @throws DomainError not-found | forbidden `role_insufficient` */
export async function requireRoleNow(
  client: Client,
  ctx: Context,
  agent: AgentSummary,
  needed: AgentRole,
): Promise<void> {
  if (reachesEveryAgent(ctx.principal)) return
  const person = personOf(ctx.principal)
  const yours = person && (await selectCollaborator(client, ctx, agent, person))
  if (!yours) throw notFound()
  requireAgentRole({ yourRole: yours.role }, needed)
}

/**
 * Keeps the membership to the end of the transaction.
 * @returns the person's name, or null for who is no member (any more)
 */
export async function holdMember(
  client: Client,
  { organization }: Place,
  userId: string,
): Promise<string | null> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT u.display_name AS name FROM memberships m JOIN users u ON u.id = m.user_id
     WHERE m.organization_id = $1 AND m.user_id = $2 FOR KEY SHARE OF m`,
    [organization.id, userId],
  )
  return rows[0]?.name ?? null
}

/** @throws DomainError invalid at `/userId` */
export async function memberOf(client: Client, ctx: Context, userId: string): Promise<string> {
  const name = await holdMember(client, ctx, userId)
  if (name !== null) return name
  throw invalid([{ pointer: '/userId', detail: 'Nobody of the organization has this id.' }])
}

/** @throws DomainError conflict `last_agent_admin` where this is the only one */
export async function requireAnotherAdmin(
  client: Client,
  { organization }: Place,
  { uid }: AgentSummary,
  userId: string,
): Promise<void> {
  const { rows } = await client.query<{ others: number }>(
    `SELECT count(*)::int AS others FROM agents.collaborator
     WHERE organization_id = $1 AND agent_uid = $2 AND role = 'ADMIN' AND user_id <> $3`,
    [organization.id, uid, userId],
  )
  if ((rows[0]?.others ?? 0) > 0) return
  throw new DomainError(
    'conflict',
    'last_agent_admin',
    'This is the only admin of the agent. Make somebody else its admin first.',
  )
}

const EDITED: readonly Scope[] = [
  'agents:read',
  'agents:write',
  'agents:execute',
  'agents:test',
  'revisions:read',
  'revisions:write',
  'revisions:deploy',
  'executions:read',
]
/** What a role on an agent lets its holder do, in scopes: no token hands on more than it holds. Looking is one. */
const WORTH: Record<AgentRole, readonly Scope[]> = {
  VIEWER: ['agents:read'],
  EDITOR: EDITED,
  ADMIN: EDITED,
}

/** People hand on what their role on the agent gives them. @throws DomainError forbidden `scope_exceeds_yours` */
export function requireWorth({ principal }: Context, role: AgentRole): void {
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
