import { personOf } from '@/lib/access/principal'
import { authorizeOnAgent, reachesEveryAgent, requireAgentRole } from '@/lib/agents/access'
import { tellOfAnswer } from '@/lib/agents/access-notices'
import { answerRequest, dropRequest, pendingRequest } from '@/lib/agents/access-request-rows'
import { declinePending, withdrawAccessRequest } from '@/lib/agents/access-requests'
import {
  ALL_ALERTS,
  holdWithRole,
  memberOf,
  requireAnotherAdmin,
  requireRoleNow,
  requireWorth,
  selectCollaborator,
  selectCollaborators,
  writeCollaborator,
} from '@/lib/agents/collaborator-rows'
import {
  type AgentRole,
  type AgentSummary,
  type AlertPreferences,
  type Collaborator,
  reaches,
} from '@/lib/agents/model'
import { agentTarget, type Client, visibleAgent, visibleOrNull } from '@/lib/agents/rows'
import type { PutCollaboratorInput } from '@/lib/agents/schema'
import { appendAudit } from '@/lib/audit/append'
import type { Context } from '@/lib/context'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import { invalid, notFound } from '@/lib/errors'

interface OnPerson {
  agent: string
  userId: string
}

/**
 * Who was given something on the agent, by name. Admins of the organization need no grant and are not listed.
 * @throws DomainError not-found
 */
export async function listCollaborators(
  ctx: Context,
  { agent }: { agent: string },
): Promise<Collaborator[]> {
  authorizeOnAgent(ctx, 'agents:read', 'agents:read')
  return selectCollaborators(ctx.db.pool, ctx, await visibleAgent(ctx, agent))
}

/** What the caller was given on the agent, also where they are an admin of the organization; null for nothing. */
export async function readOwnCollaborator(
  ctx: Context,
  { agent }: { agent: string },
): Promise<Collaborator | null> {
  authorizeOnAgent(ctx, 'agents:read', 'agents:read')
  const found = await visibleAgent(ctx, agent)
  const person = personOf(ctx.principal)
  return person === null ? null : selectCollaborator(ctx.db.pool, ctx, found, person)
}

/**
 * Gives a member a role on the agent or another one, and says what they are told of. Whoever has a role already may
 * change their own alerts; all else is for admins of the agent. A role that is as much as somebody waits for is the
 * answer to their request.
 * @throws DomainError not-found | forbidden | invalid at `/userId` for who is no member, at `/role` where a new
 *   collaborator is given none | conflict `last_agent_admin` | `agent_archived`
 */
export async function putCollaborator(
  ctx: Context,
  { agent, userId, role, alertPreferences }: PutCollaboratorInput & { agent: string },
): Promise<Collaborator> {
  authorizeOnAgent(ctx, 'agents:read', 'agents:write')
  const found = await visibleAgent(ctx, agent)
  const ownAlerts =
    userId === personOf(ctx.principal) && (role ?? found.yourRole) === found.yourRole
  const needed = ownAlerts ? 'VIEWER' : 'ADMIN'
  requireAgentRole(found, needed)
  if (role) requireWorth(ctx, role)
  return sqlTransaction(ctx.db.pool, async (client) => {
    await holdWithRole(client, ctx, found, needed)
    const person = await memberOf(client, ctx, userId)
    const before = await selectCollaborator(client, ctx, found, userId)
    const after = wished(before, { role, alertPreferences })
    // What the caller took for the role that they have may be none any more.
    if (before?.role !== after.role) await requireRoleNow(client, ctx, found, 'ADMIN')
    const changes = changesOf(before, after)
    if (before && Object.keys(changes).length === 0) return before
    if (before?.role === 'ADMIN' && after.role !== 'ADMIN') {
      await requireAnotherAdmin(client, ctx, found, userId)
    }
    const written = await writeCollaborator(client, ctx, found, { userId, ...after })
    await answerBy(client, ctx, found, written)
    await appendAudit(client, ctx, {
      eventType: 'COLLABORATOR_SET',
      target: agentTarget(found),
      details: { agent: found.id, person, ...changes },
    })
    return written
  })
}

/**
 * Takes what the person was given on the agent, and declines what they wait for. Everybody may take back what they
 * ask for themselves, and that alone. Idempotent.
 * @throws DomainError not-found | forbidden | conflict `last_agent_admin` | `agent_archived`, and for oneself what
 *   `withdrawAccessRequest` throws
 */
export async function removeCollaborator(ctx: Context, { agent, userId }: OnPerson): Promise<void> {
  authorizeOnAgent(ctx, 'agents:read', 'agents:write')
  const found = await visibleOrNull(ctx, agent)
  const isOwn = userId === personOf(ctx.principal) && !reachesEveryAgent(ctx.principal)
  if (isOwn && found?.yourRole !== 'ADMIN') {
    if (await withdrawAccessRequest(ctx, { agent })) return
  }
  if (found === null) throw notFound()
  requireAgentRole(found, 'ADMIN')
  await sqlTransaction(ctx.db.pool, async (client) => {
    await holdWithRole(client, ctx, found, 'ADMIN')
    const before = await selectCollaborator(client, ctx, found, userId)
    if (before === null) return declinePending(client, ctx, found, userId)
    if (before.role === 'ADMIN') await requireAnotherAdmin(client, ctx, found, userId)
    const person = await memberOf(client, ctx, userId)
    await dropRequest(client, ctx, found, userId)
    await client.query(
      'DELETE FROM agents.collaborator WHERE organization_id = $1 AND agent_uid = $2 AND user_id = $3',
      [ctx.organization.id, found.uid, userId],
    )
    await appendAudit(client, ctx, {
      eventType: 'COLLABORATOR_REMOVED',
      target: agentTarget(found),
      details: { agent: found.id, person, role: { before: before.role, after: null } },
    })
  })
}

interface Terms {
  role: AgentRole
  alerts: AlertPreferences
}

/** What is left out stays, and begins with every alert. @throws DomainError invalid at `/role` */
function wished(
  before: Collaborator | null,
  { role, alertPreferences }: Pick<PutCollaboratorInput, 'role' | 'alertPreferences'>,
): Terms {
  const given = role ?? before?.role
  if (!given) throw invalid([{ pointer: '/role', detail: 'Say which role they get.' }])
  const { errorAlerts, accessRequestAlerts, budgetAlerts } = before?.alertPreferences ?? ALL_ALERTS
  return {
    role: given,
    alerts: {
      errorAlerts: alertPreferences?.errorAlerts ?? errorAlerts,
      accessRequestAlerts: alertPreferences?.accessRequestAlerts ?? accessRequestAlerts,
      budgetAlerts: alertPreferences?.budgetAlerts ?? budgetAlerts,
    },
  }
}

/** Each term that differs, as the audit trail tells it. Alerts that begin as they always do are no news. */
function changesOf(before: Collaborator | null, { role, alerts }: Terms) {
  const old = { role: before?.role ?? null, ...(before?.alertPreferences ?? ALL_ALERTS) }
  const now = { role, ...alerts }
  const keys = Object.keys(now) as (keyof typeof now)[]
  return Object.fromEntries(
    keys
      .filter((key) => old[key] !== now[key])
      .map((key) => [key, { before: old[key], after: now[key] }]),
  )
}

/** A role that is as much as the person waits for is their answer. */
async function answerBy(
  client: Client,
  ctx: Context,
  found: AgentSummary,
  { userId, role }: Collaborator,
): Promise<void> {
  const asked = await pendingRequest(client, ctx, found, userId)
  if (!asked || !reaches(role, asked.role)) return
  await answerRequest(client, ctx, found, userId, 'APPROVED')
  await tellOfAnswer(client, ctx, found, { ...asked, role, decision: 'APPROVED' })
}
