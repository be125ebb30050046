import type pg from 'pg'

/** Runs whose texts go in one statement, so that none takes long. */
const AT_ONCE = 100

/** Removes what was asked, answered and said of runs that ended so long ago; their scores stay. */
export async function trimEvaluations(
  pool: Pick<pg.Pool, 'query'>,
  { contentDays }: { contentDays: number },
): Promise<void> {
  let removed: number
  do {
    const { rows } = await pool.query<{ runs: number }>(
      `WITH old AS (
         SELECT DISTINCT r.organization_id, r.id FROM evaluation.run r
         JOIN evaluation.run_text t ON t.organization_id = r.organization_id AND t.run_id = r.id
         WHERE r.finished_at < now() - make_interval(days => $1) LIMIT ${AT_ONCE}
       ), gone AS (
         DELETE FROM evaluation.run_text t USING old o
         WHERE t.organization_id = o.organization_id AND t.run_id = o.id
       )
       SELECT count(*)::int AS runs FROM old`,
      [contentDays],
    )
    removed = rows[0]?.runs ?? 0
  } while (removed === AT_ONCE)
}
