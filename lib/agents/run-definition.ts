import type { AgentDefinition } from '@/lib/agents/model'
import { archived } from '@/lib/agents/rows'
import type { OrganizationContext } from '@/lib/context'
import type { Database } from '@/lib/db/database'
import { DomainError, notFound } from '@/lib/errors'

/** What a run needs to know of an agent. */
export interface AgentToRun {
  uid: string
  id: string
  revision: number
  definition: AgentDefinition
}

/**
 * An agent with one of its revisions, for a caller that has authorized and may run it.
 * @param revision null: the one that is deployed
 * @throws DomainError not-found | conflict `agent_archived` | `nothing_deployed`
 */
export async function agentToRun(
  {
    organization,
    db,
  }: { organization: Pick<OrganizationContext, 'id'>; db: Pick<Database, 'pool'> },
  { agent, revision }: { agent: string; revision: number | null },
): Promise<AgentToRun> {
  // No database text can hold a NUL.
  if (agent.includes('\0')) throw notFound()
  const { rows } = await db.pool.query<AgentToRunRow>({
    name: 'agent-to-run',
    text: `SELECT a.uid, a.id, a.archived_at IS NOT NULL AS archived, coalesce($3, a.deployed_revision) AS revision,
        r.definition
      FROM agents.agent a
      LEFT JOIN agents.revision r ON r.organization_id = a.organization_id AND r.agent_uid = a.uid
        AND r.number = coalesce($3, a.deployed_revision)
      WHERE a.organization_id = $1 AND a.id = $2`,
    values: [organization.id, agent, revision],
  })
  const [found] = rows
  if (!found) throw notFound()
  if (found.archived) throw archived()
  if (found.revision === null) throw nothingDeployed()
  if (found.definition === null) throw notFound()
  return {
    uid: found.uid,
    id: found.id,
    revision: found.revision,
    definition: found.definition,
  }
}

interface AgentToRunRow {
  uid: string
  id: string
  archived: boolean
  revision: number | null
  definition: AgentDefinition | null
}

export function nothingDeployed(): DomainError {
  return new DomainError(
    'conflict',
    'nothing_deployed',
    'No revision of this agent is deployed yet.',
  )
}
