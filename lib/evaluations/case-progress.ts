import type pg from 'pg'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import type { ClaimedCase } from '@/lib/evaluations/claim'
import type { FinishedRun } from '@/lib/execution/run-deployed-agent'

/**
 * Writing down how far a case is. All of it wants the claim: whoever lost it changes nothing, and is told so.
 */

type Client = Pick<pg.PoolClient, 'query'>

const HELD = `organization_id = $1 AND run_id = $2 AND position = $3 AND side = $4 AND claim = $5
  AND state = 'WAITING'`

function valuesOf({ organizationId, runId, position, side, claim }: ClaimedCase): unknown[] {
  return [organizationId, runId, position, side, claim]
}

/** What became of writing: LOST where somebody else has it or the run has ended, GONE where its texts went. */
export type Written = 'WRITTEN' | 'LOST' | 'GONE'

/** Keeps the answer, so that a process that dies over the scores has not paid for it in vain. */
export function saveAnswer(
  pool: pg.Pool,
  taken: ClaimedCase,
  run: FinishedRun,
  leaseMs: number,
): Promise<Written> {
  return sqlTransaction(pool, async (client) => {
    const { rowCount } = await client.query(
      `UPDATE evaluation.run_item SET execution_id = $6, duration_ms = $7, input_cost = $8, output_cost = $9,
         next_attempt_at = clock_timestamp() + $10 * interval '1 millisecond' WHERE ${HELD}`,
      [
        ...valuesOf(taken),
        run.executionId,
        run.durationMs,
        run.cost?.input ?? null,
        run.cost?.output ?? null,
        leaseMs,
      ],
    )
    if (rowCount === 0) return 'LOST'
    return insertText(
      client,
      taken,
      'run_answer (organization_id, run_id, position, side, answer)',
      [storable(run.response)],
    )
  })
}

export interface GivenScore {
  metricId: string
  score: number | null
  reason: string | null
  errorCode: string | null
  /** Nano-USD; null where no price was known, or no verdict came. */
  cost: bigint | null
}

export function saveScore(
  pool: pg.Pool,
  taken: ClaimedCase,
  { metricId, score, reason, errorCode, cost }: GivenScore,
  leaseMs: number,
): Promise<Written> {
  return sqlTransaction(pool, async (client) => {
    const { rowCount } = await client.query(
      `WITH held AS (
         UPDATE evaluation.run_item SET next_attempt_at = clock_timestamp() + $10 * interval '1 millisecond'
         WHERE ${HELD} RETURNING 1
       )
       INSERT INTO evaluation.run_score (organization_id, run_id, position, side, metric_id, score, error_code,
         cost)
       SELECT $1, $2, $3, $4, $6, $7, $8, $9 FROM held`,
      [...valuesOf(taken), metricId, score, errorCode, cost, leaseMs],
    )
    if (rowCount === 0) return 'LOST'
    if (reason === null) return 'WRITTEN'
    return insertText(
      client,
      taken,
      'run_reason (organization_id, run_id, position, side, metric_id, reason)',
      [metricId, storable(reason)],
    )
  })
}

/** Only beside what was asked: a text that is gone takes no others. */
async function insertText(
  client: Client,
  { organizationId, runId, position, side }: ClaimedCase,
  into: string,
  more: readonly string[],
): Promise<Written> {
  const given = more.map(
    (_, index) => `, $${index + 5}${index < more.length - 1 ? '::uuid' : '::text'}`,
  )
  const { rowCount } = await client.query(
    `INSERT INTO evaluation.${into} SELECT $1, $2, $3, $4::text${given.join('')}
     FROM evaluation.run_text WHERE organization_id = $1 AND run_id = $2 AND position = $3 FOR KEY SHARE`,
    [organizationId, runId, position, side, ...more],
  )
  return rowCount === 0 ? 'GONE' : 'WRITTEN'
}

/** No database text can hold a NUL. */
function storable(text: string): string {
  return text.replaceAll('\0', '')
}

/** @param errorCode null: done, with a score for every metric that a judge could give one for */
export async function finishCase(
  client: Client,
  taken: ClaimedCase,
  errorCode: string | null,
): Promise<void> {
  await client.query(
    `UPDATE evaluation.run_item SET state = $6, error_code = $7, claim = NULL WHERE ${HELD}`,
    [...valuesOf(taken), errorCode === null ? 'DONE' : 'FAILED', errorCode],
  )
}

/** Gives a case back, to be taken again by anybody. */
export async function releaseCase(
  client: Client,
  taken: ClaimedCase,
  { waitMs, held }: { waitMs: number /** By a limit: that is no attempt. */; held: boolean },
): Promise<void> {
  await client.query(
    `UPDATE evaluation.run_item SET claim = NULL,
       next_attempt_at = clock_timestamp() + $6 * interval '1 millisecond',
       attempts = attempts - CASE WHEN $7 THEN 1 ELSE 0 END,
       waits = waits + CASE WHEN $7 AND $6 > 0 THEN 1 ELSE 0 END
     WHERE ${HELD}`,
    [...valuesOf(taken), waitMs, held],
  )
}

/** Whether the dataset of a case's run is still there. */
export async function datasetStands(
  client: Client,
  { organizationId, runId }: ClaimedCase,
): Promise<boolean> {
  const { rowCount } = await client.query(
    `SELECT 1 FROM evaluation.run r
     JOIN datasets.dataset d ON d.organization_id = r.organization_id AND d.id = r.dataset_id
     WHERE r.organization_id = $1 AND r.id = $2`,
    [organizationId, runId],
  )
  return rowCount !== 0
}
