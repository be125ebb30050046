import { tellOfRequest } from '@/lib/agents/access-notices'
import { pendingRequest, writeRequest } from '@/lib/agents/access-request-rows'
import { type AgentRole, type AgentSummary, reaches } from '@/lib/agents/model'
import { agentTarget, type Client, holdAgent } from '@/lib/agents/rows'
import type { AuditEntry } from '@/lib/audit/events'
import type { Context } from '@/lib/context'

/** Asking and taking it back, in the caller's transaction: at once, or by a job (access-request-queue.ts). */

/** Where somebody asks; a context is one. */
export type AskingPlace = Pick<Context, 'crypto'> & {
  organization: Pick<Context['organization'], 'id'>
}

export type AskedAgent = Pick<AgentSummary, 'uid' | 'id' | 'displayName'>

interface Asked {
  userId: string
  role: AgentRole
  message: string
}

/**
 * Does nothing where the person has left, has as much by now, or waits for just that.
 * @param record the last statement: the audit event
 * @throws DomainError not-found | conflict `agent_archived`
 */
export async function storeRequest(
  client: Client,
  place: AskingPlace,
  agent: AskedAgent,
  asked: Asked,
  record: (entry: AuditEntry) => Promise<void>,
): Promise<void> {
  await holdAgent(client, place, agent)
  const person = await heldAsker(client, place, agent, asked.userId)
  if (!person || person.seesAll || (person.role && reaches(person.role, asked.role))) return
  const pending = await pendingRequest(client, place, agent, asked.userId)
  if (pending?.role === asked.role && pending.message === asked.message) return
  const id = await writeRequest(client, place, agent, { ...asked, pendingId: pending?.id ?? null })
  await tellOfRequest(client, place, agent, { ...asked, id, askedBy: person.name })
  const role = pending ? { before: pending.role, after: asked.role } : asked.role
  await record({
    eventType: 'ACCESS_REQUESTED',
    target: agentTarget(agent),
    details: { agent: agent.id, role, ...(asked.message !== '' && { message: asked.message }) },
  })
}

/** @returns whether there was something to take back */
export async function withdrawRequest(
  client: Client,
  { organization }: AskingPlace,
  agent: AskedAgent,
  userId: string,
  record: (entry: AuditEntry) => Promise<void>,
): Promise<boolean> {
  const { rows } = await client.query<{ role: AgentRole }>(
    `DELETE FROM agents.access_request WHERE organization_id = $1 AND agent_uid = $2 AND user_id = $3
       AND state = 'PENDING' AND expires_at > clock_timestamp() RETURNING role`,
    [organization.id, agent.uid, userId],
  )
  const [withdrawn] = rows
  if (!withdrawn) return false
  await record({
    eventType: 'ACCESS_WITHDRAWN',
    target: agentTarget(agent),
    details: { agent: agent.id, role: withdrawn.role },
  })
  return true
}

/** The person with what they have on the agent; their membership is kept to the end of the transaction. */
async function heldAsker(
  client: Client,
  { organization }: AskingPlace,
  { uid }: AskedAgent,
  userId: string,
): Promise<{ name: string; seesAll: boolean; role: AgentRole | null } | undefined> {
  const { rows } = await client.query<{ name: string; seesAll: boolean; role: AgentRole | null }>(
    `SELECT u.display_name AS name, m.role = 'ADMIN' AS "seesAll", c.role
     FROM memberships m JOIN users u ON u.id = m.user_id
     LEFT JOIN agents.collaborator c ON c.organization_id = m.organization_id AND c.agent_uid = $3
       AND c.user_id = m.user_id
     WHERE m.organization_id = $1 AND m.user_id = $2 FOR KEY SHARE OF m`,
    [organization.id, userId, uid],
  )
  return rows[0]
}
