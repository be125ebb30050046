import { personOf } from '@/lib/access/principal'
import { authorizeOnAgent, reachesEveryAgent } from '@/lib/agents/access'
import { tellOfAnswer } from '@/lib/agents/access-notices'
import { keepPace } from '@/lib/agents/access-request-pace'
import { queueAccessRequest } from '@/lib/agents/access-request-queue'
import {
  answerRequest,
  lastRequest,
  pendingRequest,
  type StoredRequest,
  selectRequests,
} from '@/lib/agents/access-request-rows'
import { storeRequest, withdrawRequest } from '@/lib/agents/access-request-steps'
import {
  ALL_ALERTS,
  administeredAgent,
  holdMember,
  holdWithRole,
  requireWorth,
  selectCollaborator,
  writeCollaborator,
} from '@/lib/agents/collaborator-rows'
import {
  type AccessRequest,
  type AgentSummary,
  type Collaborator,
  reaches,
} from '@/lib/agents/model'
import { agentTarget, archived, type Client, visibleAgent, visibleOrNull } from '@/lib/agents/rows'
import type { RequestAccessInput } from '@/lib/agents/schema'
import { appendAudit } from '@/lib/audit/append'
import type { Context } from '@/lib/context'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import { DomainError, notFound } from '@/lib/errors'

interface OnPerson {
  agent: string
  userId: string
}

/**
 * The caller asks for a role on the agent, or for another one than they asked for; the admins of it are told. Of an
 * agent that the caller does not see the answer is the same whether or not it is there, and what follows happens
 * after it: neither its text nor its time tells. Who has as much already asks for nothing.
 * @throws DomainError forbidden | throttled `too_many_access_requests` | conflict `agent_archived`, of an agent that
 *   the caller sees | not-found for those who see every agent
 */
export async function requestAccess(
  ctx: Context,
  { agent, role, message }: RequestAccessInput & { agent: string },
): Promise<void> {
  authorizeOnAgent(ctx, 'agents:read', 'agents:write')
  const userId = personOf(ctx.principal)
  if (userId === null || reachesEveryAgent(ctx.principal)) {
    // They see what is there, and need no grant on it.
    await visibleAgent(ctx, agent)
    return
  }
  await keepPace(ctx, userId)
  const found = await visibleOrNull(ctx, agent)
  const asks = { role, message: message ?? '' }
  if (found === null) return queueAccessRequest(ctx, { agent, userId, asks })
  if (found.archivedAt !== null) throw archived()
  await sqlTransaction(ctx.db.pool, (client) =>
    storeRequest(client, ctx, found, { userId, ...asks }, (entry) =>
      appendAudit(client, ctx, entry),
    ),
  )
}

/**
 * Takes back what the caller has asked for. Idempotent, and of an agent that they do not see it tells nothing.
 * @returns false where they see the agent and have asked for nothing on it
 * @throws DomainError forbidden | not-found for who is no person | throttled `too_many_access_requests`
 */
export async function withdrawAccessRequest(
  ctx: Context,
  { agent }: { agent: string },
): Promise<boolean> {
  authorizeOnAgent(ctx, 'agents:read', 'agents:write')
  const userId = personOf(ctx.principal)
  if (userId === null) throw notFound()
  const found = await visibleOrNull(ctx, agent)
  if (found === null) {
    await keepPace(ctx, userId)
    await queueAccessRequest(ctx, { agent, userId, asks: null })
    return true
  }
  return sqlTransaction(ctx.db.pool, (client) =>
    withdrawRequest(client, ctx, found, userId, (entry) => appendAudit(client, ctx, entry)),
  )
}

/**
 * Who waits for a role on the agent, the longest first. Only admins of the agent see that anybody does: for all
 * others there is nobody.
 * @throws DomainError not-found
 */
export async function listAccessRequests(
  ctx: Context,
  { agent }: { agent: string },
): Promise<AccessRequest[]> {
  authorizeOnAgent(ctx, 'agents:read', 'agents:read')
  const found = await visibleAgent(ctx, agent)
  if (!reaches(found.yourRole, 'ADMIN') || found.archivedAt !== null) return []
  return selectRequests(ctx.db.pool, ctx, found)
}

/** What the caller waits for on an agent that they see, or null. @throws DomainError not-found */
export async function readOwnAccessRequest(
  ctx: Context,
  { agent }: { agent: string },
): Promise<AccessRequest | null> {
  authorizeOnAgent(ctx, 'agents:read', 'agents:read')
  const found = await visibleAgent(ctx, agent)
  const userId = personOf(ctx.principal)
  if (userId === null) return null
  const [own] = await selectRequests(ctx.db.pool, ctx, found, userId)
  return own ?? null
}

/**
 * Gives the person the role that they ask for, and tells them. Of admins who approve at once one does it, and for
 * the others it is done as well.
 * @throws DomainError not-found, also where nobody asks (any more) | forbidden | conflict `agent_archived` |
 *   `request_answered` where somebody has declined
 */
export async function approveAccessRequest(
  ctx: Context,
  { agent, userId }: OnPerson,
): Promise<Collaborator> {
  authorizeOnAgent(ctx, 'agents:read', 'agents:write')
  const found = await administeredAgent(ctx, agent)
  return sqlTransaction(ctx.db.pool, async (client) => {
    const { person, asked } = await heldRequest(client, ctx, found, userId)
    const before = await selectCollaborator(client, ctx, found, userId)
    if (before && reaches(before.role, asked.role)) {
      if (asked.state === 'PENDING') await answerRequest(client, ctx, found, userId, 'APPROVED')
      return before
    }
    if (asked.state !== 'PENDING') throw answeredMeanwhile()
    const { role } = asked
    requireWorth(ctx, role)
    const alerts = before?.alertPreferences ?? ALL_ALERTS
    const written = await writeCollaborator(client, ctx, found, { userId, role, alerts })
    await answerRequest(client, ctx, found, userId, 'APPROVED')
    await tellOfAnswer(client, ctx, found, { ...asked, decision: 'APPROVED' })
    await appendAudit(client, ctx, {
      eventType: 'ACCESS_APPROVED',
      target: agentTarget(found),
      details: { agent: found.id, person, role: { before: before?.role ?? null, after: role } },
    })
    return written
  })
}

/**
 * Declines what the person asks for, and tells them. Idempotent.
 * @throws DomainError not-found, also where nobody asks (any more) | forbidden | conflict `agent_archived` |
 *   `request_answered` where somebody has approved
 */
export async function rejectAccessRequest(
  ctx: Context,
  { agent, userId }: OnPerson,
): Promise<void> {
  authorizeOnAgent(ctx, 'agents:read', 'agents:write')
  const found = await administeredAgent(ctx, agent)
  await sqlTransaction(ctx.db.pool, async (client) => {
    const { person, asked } = await heldRequest(client, ctx, found, userId)
    if (asked.state === 'REJECTED') return
    if (asked.state === 'APPROVED') throw answeredMeanwhile()
    await decline(client, ctx, found, { person, asked })
  })
}

/** A step of commands that hold the agent: declines what the person waits for, if anything. */
export async function declinePending(
  client: Client,
  ctx: Context,
  found: AgentSummary,
  userId: string,
): Promise<void> {
  const person = await holdMember(client, ctx, userId)
  const asked = person === null ? null : await pendingRequest(client, ctx, found, userId)
  if (person !== null && asked) await decline(client, ctx, found, { person, asked })
}

async function decline(
  client: Client,
  ctx: Context,
  found: AgentSummary,
  { person, asked }: { person: string; asked: StoredRequest },
): Promise<void> {
  await answerRequest(client, ctx, found, asked.userId, 'REJECTED')
  await tellOfAnswer(client, ctx, found, { ...asked, decision: 'REJECTED' })
  await appendAudit(client, ctx, {
    eventType: 'ACCESS_DECLINED',
    target: agentTarget(found),
    details: { agent: found.id, person, role: asked.role },
  })
}

/** The membership before the request: who takes somebody out of the organization locks in this order too. */
async function heldRequest(
  client: Client,
  ctx: Context,
  found: AgentSummary,
  userId: string,
): Promise<{ person: string; asked: StoredRequest }> {
  await holdWithRole(client, ctx, found, 'ADMIN')
  const person = await holdMember(client, ctx, userId)
  const asked = person === null ? null : await lastRequest(client, ctx, found, userId)
  if (person === null || asked === null) throw notFound()
  return { person, asked }
}

function answeredMeanwhile(): DomainError {
  return new DomainError(
    'conflict',
    'request_answered',
    'Another admin has answered this request meanwhile.',
  )
}
