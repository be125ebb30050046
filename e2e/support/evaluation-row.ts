import type { Pool } from 'pg'
import { SYSTEM_METRICS } from '@/lib/evaluation-metrics/system-metrics'
import { newId } from '@/lib/ids'

/** Has the agent scored by one metric that is judged, past the product. */
export async function insertAgentMetric(
  pool: Pick<Pool, 'query'>,
  organizationId: string,
  agent: string,
): Promise<void> {
  await pool.query(
    `WITH chosen AS (
       INSERT INTO evaluation.agent_set (organization_id, agent, id, modified_at, modified_by)
       VALUES ($1, $2, $3, now(), 'Test') RETURNING organization_id, agent
     )
     INSERT INTO evaluation.agent_metric (organization_id, agent, metric_id, weight)
     SELECT organization_id, agent, $4, 100 FROM chosen`,
    [organizationId, agent, newId(), SYSTEM_METRICS[0]?.id],
  )
}

/** Writes a run of the agent's evaluation that has ended past the product. @returns its id */
export async function insertEvaluationRow(
  pool: Pick<Pool, 'query'>,
  organizationId: string,
  agent: string,
): Promise<string> {
  const id = newId()
  await pool.query(
    `INSERT INTO evaluation.run (organization_id, id, agent_uid, agent_id, dataset_id, dataset_name,
       dataset_version, candidate_revision, metrics, case_count, maker_kind, maker_id, maker_label, request_id,
       status, created_at, finished_at)
     SELECT organization_id, $3, uid, id, $3, 'Questions', 1, 1, '[]', 1, 'PERSON', $3, 'Test', 'request',
       'COMPLETED', now(), now() FROM agents.agent WHERE organization_id = $1 AND id = $2`,
    [organizationId, agent, id],
  )
  return id
}
