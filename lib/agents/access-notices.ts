import { actorOf } from '@/lib/access/principal'
import type { StoredRequest } from '@/lib/agents/access-request-rows'
import { AGENT_ROLE_FACTS, type AgentSummary } from '@/lib/agents/model'
import type { Client } from '@/lib/agents/rows'
import type { Context } from '@/lib/context'
import { notify } from '@/lib/notifications/notify'
import type { Recipient } from '@/lib/notifications/recipients'

type Place = Pick<Context, 'crypto'> & { organization: Pick<Context['organization'], 'id'> }
type Named = Pick<AgentSummary, 'uid' | 'id' | 'displayName'>

/**
 * Tells the admins of the agent who want its alerts that somebody asks, once for each asking. Where that is nobody,
 * admins of the organization hear of it, but for those who have said on this agent that they do not want to.
 */
export async function tellOfRequest(
  client: Client,
  { organization, crypto }: Place,
  agent: Named,
  { id, userId, role, message, askedBy }: Omit<StoredRequest, 'state'> & { askedBy: string },
): Promise<void> {
  const { rows } = await client.query<Recipient>(
    `WITH wanting AS (
       SELECT user_id FROM agents.collaborator
       WHERE organization_id = $1 AND agent_uid = $2 AND role = 'ADMIN' AND access_request_alerts
         AND user_id <> $3
     )
     SELECT user_id AS "userId", 'COLLABORATOR' AS reason FROM wanting
     UNION ALL
     SELECT m.user_id, 'ADMIN' FROM memberships m
     WHERE m.organization_id = $1 AND m.role = 'ADMIN' AND m.user_id <> $3
       AND NOT EXISTS (SELECT 1 FROM wanting)
       AND NOT EXISTS (SELECT 1 FROM agents.collaborator c WHERE c.organization_id = $1
         AND c.agent_uid = $2 AND c.user_id = m.user_id AND NOT c.access_request_alerts)`,
    [organization.id, agent.uid, userId],
  )
  await notify(client, crypto.emailLinks, {
    kind: 'agent-access-requested',
    facts: {
      agentId: agent.id,
      agentName: agent.displayName,
      askedBy,
      roleLabel: AGENT_ROLE_FACTS[role].label,
      message,
    },
    organizationId: organization.id,
    recipients: rows,
    idempotencyKey: `agent-access-requested/${id}`,
  })
}

/** Tells the person who asked; of a refusal without the name of what they may not see. */
export async function tellOfAnswer(
  client: Client,
  { organization, crypto, principal }: Context,
  agent: Named,
  answered: Pick<StoredRequest, 'id' | 'userId' | 'role'> & { decision: 'APPROVED' | 'REJECTED' },
): Promise<void> {
  const { id, userId, role, decision } = answered
  const granted = {
    agentName: agent.displayName,
    roleLabel: AGENT_ROLE_FACTS[role].label,
    by: actorOf(principal).label,
  }
  await notify(client, crypto.emailLinks, {
    kind: 'agent-access-answered',
    facts: { agentId: agent.id, granted: decision === 'APPROVED' ? granted : null },
    organizationId: organization.id,
    recipients: [{ userId, reason: 'ASKED' }],
    idempotencyKey: `agent-access-answered/${id}`,
  })
}
