import type pg from 'pg'
import type { InstallationKeys } from '@/lib/context'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import { comparisonOf, type RunKey } from '@/lib/evaluations/case-facts'
import { TOLD_AFTER_MS } from '@/lib/evaluations/limits'
import { failureWords, type JudgedMetric } from '@/lib/evaluations/model'
import { signalEvaluations } from '@/lib/evaluations/signal'
import { notify } from '@/lib/notifications/notify'

export interface Ending {
  status: 'COMPLETED' | 'FAILED' | 'CANCELLED'
  errorCode: string | null
}

interface EndedRow {
  agentId: string
  datasetName: string
  metrics: JudgedMetric[]
  baselineRevision: number | null
  makerKind: 'PERSON' | 'SERVICE_ACCOUNT'
  makerId: string
  tookMs: number
}

/**
 * Ends a run that is under way, in the caller's transaction: what waits is skipped, what was scored is kept and summed
 * up, and who started it is told where they will not be looking any more. Of callers at once one ends it.
 * @returns false where it had ended
 */
export async function endRun(
  client: pg.PoolClient,
  { emailLinks }: Pick<InstallationKeys, 'emailLinks'>,
  key: RunKey,
  { status, errorCode }: Ending,
): Promise<boolean> {
  const { organizationId, runId } = key
  // In the order in which a claim locks them, the cases before the run: or each could wait for the other.
  await client.query(
    `SELECT 1 FROM evaluation.run_item WHERE organization_id = $1 AND run_id = $2 AND state = 'WAITING'
     ORDER BY position, side FOR NO KEY UPDATE`,
    [organizationId, runId],
  )
  const { rows } = await client.query<EndedRow>(
    `UPDATE evaluation.run SET status = $3, error_code = $4, finished_at = clock_timestamp()
     WHERE organization_id = $1 AND id = $2 AND status IN ('PENDING', 'IN_PROGRESS')
     RETURNING agent_id AS "agentId", dataset_name AS "datasetName", metrics,
       baseline_revision AS "baselineRevision", maker_kind AS "makerKind", maker_id AS "makerId",
       (extract(epoch FROM finished_at - created_at) * 1000)::float8 AS "tookMs"`,
    [organizationId, runId, status, errorCode],
  )
  const [run] = rows
  if (!run) return false
  // Whoever is at one of them writes nothing after this.
  await client.query(
    `UPDATE evaluation.run_item SET state = 'SKIPPED', claim = NULL
     WHERE organization_id = $1 AND run_id = $2 AND state = 'WAITING'`,
    [organizationId, runId],
  )
  const { overall } = await comparisonOf(client, key, run)
  await client.query(
    `UPDATE evaluation.run SET candidate_score = $3, baseline_score = $4
     WHERE organization_id = $1 AND id = $2`,
    [organizationId, runId, overall?.candidate ?? null, overall?.baseline ?? null],
  )
  const isTold = status === 'FAILED' || (status === 'COMPLETED' && run.tookMs > TOLD_AFTER_MS)
  if (isTold && run.makerKind === 'PERSON') {
    await notify(client, emailLinks, {
      kind: 'evaluation-ended',
      facts: {
        evaluationId: runId,
        agentId: run.agentId,
        datasetName: run.datasetName,
        candidateScore: overall?.candidate ?? null,
        baselineScore: overall?.baseline ?? null,
        failure: errorCode === null ? null : failureWords(errorCode),
      },
      organizationId,
      recipients: [{ userId: run.makerId, reason: 'ASKED' }],
      idempotencyKey: `evaluation-ended/${runId}`,
    })
  }
  await signalEvaluations(client)
  return true
}

/** Ends every run that has nothing left to work on. @returns how many */
export async function endFinishedRuns(
  pool: pg.Pool,
  keys: Pick<InstallationKeys, 'emailLinks'>,
): Promise<number> {
  const { rows } = await pool.query<RunKey & { scored: boolean }>(
    `SELECT r.organization_id AS "organizationId", r.id AS "runId", EXISTS (
       SELECT 1 FROM evaluation.run_score s WHERE s.organization_id = r.organization_id AND s.run_id = r.id
         AND s.score IS NOT NULL) AS scored
     FROM evaluation.run r WHERE r.status IN ('PENDING', 'IN_PROGRESS') AND NOT EXISTS (
       SELECT 1 FROM evaluation.run_item i WHERE i.organization_id = r.organization_id AND i.run_id = r.id
         AND i.state = 'WAITING')`,
  )
  let ended = 0
  for (const { scored, ...key } of rows) {
    const ending: Ending = scored
      ? { status: 'COMPLETED', errorCode: null }
      : { status: 'FAILED', errorCode: 'nothing_scored' }
    if (await sqlTransaction(pool, (client) => endRun(client, keys, key, ending))) ended++
  }
  return ended
}
