import type pg from 'pg'

/** Rows of one statement, so that none of them takes long. */
const AT_ONCE = 5000

/**
 * Drops the records of runs that began more than `recordDays` ago and have ended. What they used stays in usage, and
 * what an evaluation made of them with the evaluation.
 */
export async function trimRuns(
  pool: pg.Pool,
  { recordDays }: { recordDays: number },
): Promise<void> {
  const sql = `DELETE FROM execution.run WHERE (organization_id, id) IN (
    SELECT organization_id, id FROM execution.run
    WHERE started_at < now() - make_interval(days => $1) AND status <> 'RUNNING'
    LIMIT ${AT_ONCE} FOR UPDATE SKIP LOCKED)`
  while (((await pool.query(sql, [recordDays])).rowCount ?? 0) === AT_ONCE);
}
