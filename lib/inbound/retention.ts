import type pg from 'pg'

/** Rows changed by one statement, so that none of them takes long. */
const AT_ONCE = 5000

/**
 * Drops what nobody needs any more: the content of finished deliveries after `contentDays`, all of them after
 * `recordDays`, and secrets whose overlap is over. What is not finished is kept, however old.
 */
export async function trimDeliveries(
  pool: pg.Pool,
  { contentDays, recordDays }: { contentDays: number; recordDays: number },
): Promise<void> {
  const finished = 'waiting = 0 AND held = 0'
  await repeat(
    pool,
    `UPDATE inbound.delivery SET body = NULL WHERE (organization_id, id) IN (
       SELECT organization_id, id FROM inbound.delivery WHERE body IS NOT NULL AND ${finished}
         AND received_at < now() - make_interval(days => $1)
       ORDER BY received_at LIMIT ${AT_ONCE} FOR UPDATE SKIP LOCKED)`,
    contentDays,
  )
  await repeat(
    pool,
    `DELETE FROM inbound.delivery WHERE (organization_id, id) IN (
       SELECT organization_id, id FROM inbound.delivery WHERE ${finished}
         AND received_at < now() - make_interval(days => $1)
       LIMIT ${AT_ONCE} FOR UPDATE SKIP LOCKED)`,
    recordDays,
  )
  await pool.query('DELETE FROM inbound.secret WHERE expires_at < now()')
}

async function repeat(pool: pg.Pool, sql: string, days: number): Promise<void> {
  while (((await pool.query(sql, [days])).rowCount ?? 0) === AT_ONCE);
}
