import type pg from 'pg'
import type { RecordedCall } from '@/lib/activity/recorder'

/**
 * Stamps "last used" of the tokens. The guard is in SQL: a check in the process followed by a write
 * would still stampede across processes. Rows are locked in id order, so that two flushes cannot deadlock,
 * and a row locked by a rotation is skipped: the next minute brings another chance.
 */
export async function touchLastUsed(pool: pg.Pool, calls: readonly RecordedCall[]): Promise<void> {
  await pool.query({
    name: 'token-touch-last-used',
    text: `WITH fresh AS (
             SELECT * FROM json_to_recordset($1::json) AS use
               ("organizationId" uuid, "tokenId" uuid, at bigint, ip text)
           ), due AS (
             SELECT t.organization_id, t.id, fresh.at, fresh.ip
             FROM tokens t JOIN fresh ON fresh."organizationId" = t.organization_id AND fresh."tokenId" = t.id
             WHERE t.last_used_at IS NULL OR t.last_used_at < now() - interval '60 seconds'
             ORDER BY t.id FOR UPDATE OF t SKIP LOCKED
           )
           UPDATE tokens t SET last_used_at = to_timestamp(due.at / 1000.0), last_used_ip = due.ip
           FROM due WHERE t.organization_id = due.organization_id AND t.id = due.id`,
    values: [
      JSON.stringify(
        calls.map(({ organizationId, tokenId, at, ip }) => ({ organizationId, tokenId, at, ip })),
      ),
    ],
  })
}
