import type { Database } from '@/lib/db/database'
import { LATE_DAYS_MAX } from '@/lib/usage/ingest'
import { type Recount, recount } from '@/lib/usage/recount'

const MONTHS_AHEAD = 3
/** A day more than events are taken for, so that no id is forgotten before its event is refused. */
const KEYS_KEPT_DAYS = LATE_DAYS_MAX + 1
const HOURS_KEPT_DAYS = 36
const RECOUNTED_DAYS = 35
const DAY_MS = 86_400_000

/** Makes the partitions to come, and removes ids and hours that nothing asks for any more. */
export async function tidyUsage({ pool }: Pick<Database, 'pool'>): Promise<void> {
  await pool.query('SELECT usage.ensure_partitions(now(), $1)', [MONTHS_AHEAD])
  await pool.query(
    'DELETE FROM usage.event_key WHERE received_at < now() - make_interval(days => $1)',
    [KEYS_KEPT_DAYS],
  )
  for (const table of ['usage.hour', 'usage.request_hour']) {
    await pool.query(`DELETE FROM ${table} WHERE bucket < now() - make_interval(days => $1)`, [
      HOURS_KEPT_DAYS,
    ])
  }
}

/**
 * Counts the last weeks of one organization again, and keeps what was found.
 * @param now epoch ms
 */
export async function countAgain(
  { pool }: Pick<Database, 'pool'>,
  organizationId: string,
  now: number,
): Promise<Recount> {
  const found = await recount(pool, organizationId, recountedSince(now))
  await pool.query(
    `INSERT INTO usage.recount (organization_id, counted_at, events, differences)
     VALUES ($1, now(), $2, $3) ON CONFLICT (organization_id)
     DO UPDATE SET counted_at = now(), events = excluded.events, differences = excluded.differences`,
    [organizationId, found.events, found.differences],
  )
  return found
}

/**
 * Counts the last weeks of every organization that reported anything again.
 * @returns organizations whose charts say other than their events
 */
export async function recountUsage(db: Pick<Database, 'pool'>, now: number): Promise<string[]> {
  const { rows } = await db.pool.query<{ id: string }>(
    'SELECT DISTINCT organization_id AS id FROM usage.day WHERE bucket >= $1',
    [recountedSince(now)],
  )
  const wrong: string[] = []
  for (const { id } of rows) {
    const { differences } = await countAgain(db, id, now)
    if (differences > 0) wrong.push(id)
  }
  return wrong
}

function recountedSince(now: number): Date {
  return new Date(Math.floor(now / DAY_MS - RECOUNTED_DAYS) * DAY_MS)
}
