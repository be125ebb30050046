import type pg from 'pg'
import { EPOCH_MS } from '@/lib/agents/rows'
import type { Database } from '@/lib/db/database'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import { THIS_MOMENT } from '@/lib/db/this-moment'
import type { EmailLinkSealer } from '@/lib/email/link-sealer'
import { FAILURE_WORDS } from '@/lib/execution/model'
import type { BegunRun } from '@/lib/execution/run-rows'
import { newId } from '@/lib/ids'
import { notify } from '@/lib/notifications/notify'
import type { Recipient } from '@/lib/notifications/recipients'

/**
 * Tells collaborators of an agent that its runs fail: at once, then once an hour with the count since. A run that
 * succeeds never comes here.
 */

type Client = Pick<pg.PoolClient, 'query'>

/** After a notice the next failures wait for so long, and are told of together. */
const QUIET = "interval '1 hour'"

/** Somebody who left is no failure of the agent, and a process that died is the operator's. */
const OF_THE_AGENT: ReadonlySet<string> = new Set([
  'provider_credentials_refused',
  'provider_busy',
  'provider_refused',
  'provider_failed',
  'provider_timeout',
  'model_timed_out',
])

/** Whether collaborators hear of a run that failed so. */
export function isAlarming(failure: string, { origin }: Pick<BegunRun, 'origin'>): boolean {
  return origin === 'PRODUCTION' && OF_THE_AGENT.has(failure)
}

/** Counts a run that has failed and tells of it if it is time, in the transaction of its end. */
export async function tellOfFailure(
  client: Client,
  sealer: EmailLinkSealer,
  {
    organizationId,
    agentUid,
    failure,
  }: { organizationId: string; agentUid: string; failure: string },
): Promise<void> {
  await client.query(
    `INSERT INTO execution.failure_alert AS alert (organization_id, agent_uid, told_at, untold, last_code,
       last_failed_at)
     VALUES ($1, $2, '-infinity', 1, $3, clock_timestamp())
     ON CONFLICT (organization_id, agent_uid) DO UPDATE SET untold = alert.untold + 1,
       last_code = excluded.last_code, last_failed_at = excluded.last_failed_at`,
    [organizationId, agentUid, failure],
  )
  await tellIfDue(client, sealer, { organizationId, agentUid })
}

/**
 * Upkeep: tells of the failures that came within the hour after a notice, where no later one has brought them along.
 * @returns of how many agents there was news
 */
export async function tellOfLateFailures({
  db,
  crypto,
}: {
  db: Pick<Database, 'pool'>
  crypto: { emailLinks: EmailLinkSealer }
}): Promise<number> {
  const { rows } = await db.pool.query<{ organizationId: string; agentUid: string }>(
    `SELECT organization_id AS "organizationId", agent_uid AS "agentUid" FROM execution.failure_alert
     WHERE untold > 0 AND told_at <= clock_timestamp() - ${QUIET}`,
  )
  let told = 0
  for (const agent of rows) {
    if (await sqlTransaction(db.pool, (client) => tellIfDue(client, crypto.emailLinks, agent))) {
      told++
    }
  }
  return told
}

interface Due {
  failed: number
  since: number | null
  at: number
  code: string
}

/** The row decides who tells, whoever else looks at the same time. */
async function tellIfDue(
  client: Client,
  sealer: EmailLinkSealer,
  { organizationId, agentUid }: { organizationId: string; agentUid: string },
): Promise<boolean> {
  const { rows } = await client.query<Due>(
    `WITH due AS (
       SELECT * FROM execution.failure_alert
       WHERE organization_id = $1 AND agent_uid = $2 AND untold > 0
         AND told_at <= clock_timestamp() - ${QUIET} FOR UPDATE
     )
     UPDATE execution.failure_alert alert SET untold = 0, told_at = ${THIS_MOMENT} FROM due
     WHERE alert.organization_id = due.organization_id AND alert.agent_uid = due.agent_uid
     RETURNING due.untold AS failed, due.last_code AS code, ${EPOCH_MS('due.last_failed_at')} AS at,
       CASE WHEN isfinite(due.told_at) THEN ${EPOCH_MS('due.told_at')} END AS since`,
    [organizationId, agentUid],
  )
  const [due] = rows
  if (!due) return false
  const audience = await audienceOf(client, organizationId, agentUid)
  if (!audience) return false
  await notify(client, sealer, {
    kind: 'agent-runs-failed',
    facts: {
      agentId: audience.id,
      agentName: audience.name,
      failed: due.failed,
      since: due.since,
      reason: FAILURE_WORDS[due.code] ?? '',
      at: due.at,
    },
    organizationId,
    recipients: audience.recipients,
    // The row makes it once.
    idempotencyKey: `agent-runs-failed/${newId()}`,
  })
  return true
}

async function audienceOf(client: Client, organizationId: string, agentUid: string) {
  const { rows } = await client.query<{ id: string; name: string; people: string[] }>(
    `SELECT a.id, a.display_name AS name, ARRAY(SELECT c.user_id::text FROM agents.collaborator c
       WHERE c.organization_id = a.organization_id AND c.agent_uid = a.uid AND c.error_alerts) AS people
     FROM agents.agent a WHERE a.organization_id = $1 AND a.uid = $2`,
    [organizationId, agentUid],
  )
  const [found] = rows
  if (!found) return null
  const recipients = found.people.map((userId): Recipient => ({ userId, reason: 'COLLABORATOR' }))
  return { id: found.id, name: found.name, recipients }
}
