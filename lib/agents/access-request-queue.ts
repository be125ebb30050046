import { z } from 'zod'
import { actorOf } from '@/lib/access/principal'
import { type AskedAgent, storeRequest, withdrawRequest } from '@/lib/agents/access-request-steps'
import { AGENT_ROLES, type AgentRole } from '@/lib/agents/model'
import { agentIdSchema } from '@/lib/agents/schema'
import { appendAuditFor } from '@/lib/audit/append'
import type { AuditEntry } from '@/lib/audit/events'
import type { Context, InstallationKeys } from '@/lib/context'
import type { Database } from '@/lib/db/database'
import { sqlTransaction } from '@/lib/db/sql-transaction'

/** Requests for agents that the asker does not see: a name that is there and one that is not cost the same. */

/** Of graphile-worker; lib/jobs/run.ts has the task. */
const TASK = 'access-request'
const ATTEMPTS = 10

const jobSchema = z.object({
  organizationId: z.uuid(),
  userId: z.uuid(),
  agent: agentIdSchema,
  /** Null takes back what was asked for. */
  asks: z.object({ role: z.enum(AGENT_ROLES), message: z.string() }).nullable(),
  actor: z.object({
    type: z.enum(['USER', 'TOKEN', 'SERVICE_ACCOUNT', 'SYSTEM']),
    id: z.string().nullable(),
    label: z.string(),
    tokenId: z.string().nullable(),
  }),
  request: z.object({
    id: z.string(),
    channel: z.enum(['dashboard', 'api', 'system']),
    ip: z.string().nullable(),
    userAgent: z.string().nullable(),
  }),
})

export interface QueuedRequest {
  agent: string
  userId: string
  /** Null takes back what was asked for. */
  asks: { role: AgentRole; message: string } | null
}

/** One insert. What can be the id of no agent is asked for nowhere, which everybody can work out for themselves. */
export async function queueAccessRequest(
  { db, organization, principal, request }: Context,
  { agent, userId, asks }: QueuedRequest,
): Promise<void> {
  if (!agentIdSchema.safeParse(agent).success) return
  const job: z.input<typeof jobSchema> = {
    organizationId: organization.id,
    userId,
    agent,
    asks,
    actor: actorOf(principal),
    request,
  }
  await db.pool.query(
    'SELECT graphile_worker.add_job($1, $2::json, max_attempts := $3::smallint)',
    [TASK, JSON.stringify(job), ATTEMPTS],
  )
}

/** The task behind it: does nothing for an agent that is not there or archived. @throws ZodError for a payload that is none of ours */
export async function settleAccessRequest(
  { db, crypto }: { db: Pick<Database, 'pool'>; crypto: InstallationKeys },
  payload: unknown,
): Promise<void> {
  const { organizationId, userId, agent, asks, actor, request } = jobSchema.parse(payload)
  const place = { organization: { id: organizationId }, crypto }
  await sqlTransaction(db.pool, async (client) => {
    const { rows } = await client.query<AskedAgent>(
      `SELECT uid, id, display_name AS "displayName" FROM agents.agent
       WHERE organization_id = $1 AND id = $2 AND archived_at IS NULL FOR UPDATE`,
      [organizationId, agent],
    )
    const [found] = rows
    if (!found) return
    const record = (entry: AuditEntry) =>
      appendAuditFor(client, organizationId, { actor, request }, entry)
    if (asks) await storeRequest(client, place, found, { userId, ...asks }, record)
    else await withdrawRequest(client, place, found, userId, record)
  })
}
