import type { ExecutionStatus } from '@/lib/execution/model'
import type { Origin } from '@/lib/usage/origin'

export interface RunFilter {
  agentUid: string | null
  session: string | null
  status: ExecutionStatus | null
  origin: Origin | null
}

/**
 * SQL for the newest runs `r` that a caller may see, or the newest of each agent, in no order across them.
 * Its parameters: `$1` organization, `$2` who asks, `$4` … `$7` the filter in the order of its fields.
 * @param columns of `r`
 * @param after a further condition on `r`: `AND …`
 * @param limit of each part, so many
 */
export type RunSource = (columns: string, after: string, limit: number) => string

/**
 * Runs are by the million: they are read along an index that has those of an agent together, however many others have.
 * @param seesAll every agent, not only those that are shared with who asks
 */
export function runSource(seesAll: boolean, { agentUid, status, origin }: RunFilter): RunSource {
  if (seesAll && agentUid === null) return OF_ALL
  // Few do not succeed, and few are tests: those have indexes of their own, over all agents.
  const few = (status !== null && status !== 'SUCCEEDED') || origin === 'TEST'
  return (columns, after, limit) => `
    SELECT found.* FROM (${seesAll ? NAMED : SHARED}) seen CROSS JOIN LATERAL (
      SELECT ${columns} FROM execution.run r WHERE r.organization_id = $1 AND ${few ? EQUAL : RANGE} ${MATCHES} ${after}
      ORDER BY ${few ? '' : 'r.agent_uid DESC,'} r.id DESC LIMIT ${limit}
    ) found`
}

const MATCHES = `AND ($5::text IS NULL OR r.session_id = $5) AND ($6::text IS NULL OR r.status = $6)
  AND ($7::text IS NULL OR r.origin = $7)`

const OF_ALL: RunSource = (columns, after, limit) => `
  SELECT ${columns} FROM execution.run r WHERE r.organization_id = $1 AND $4::uuid IS NULL ${MATCHES} ${after}
  ORDER BY r.id DESC LIMIT ${limit}`

const NAMED = 'SELECT $4::uuid AS agent_uid'
const SHARED = `SELECT c.agent_uid FROM agents.collaborator c WHERE c.organization_id = $1 AND c.user_id = $2::uuid
  AND ($4::uuid IS NULL OR c.agent_uid = $4)`

const EQUAL = 'r.agent_uid = seen.agent_uid'
/** Sorted by the agent too, and not by equality: lib/inbound/delivery-source.ts says why. */
const RANGE = 'r.agent_uid BETWEEN seen.agent_uid AND seen.agent_uid'
