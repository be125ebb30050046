import type pg from 'pg'
import { newId } from '@/lib/ids'
import { NAMES, UPSERT_TOKEN_DAYS, upsertBuckets } from '@/lib/usage/rollup-sql'

export const DAYS_FILLED = 400
const EVENTS_AT_ONCE = 500_000

/**
 * Half of the events in the hours of the last 35 days, half on the days before, each hour and day with the same
 * five models and four agents: 100,000 events are enough for every row of the sums, so that more events make no
 * more rows. The sums are made by what the intake adds them up with.
 */
const FILL = `
WITH fresh AS (
  INSERT INTO usage.event (organization_id, occurred_at, source, event_id, received_at, family_id, kind, ${NAMES},
    input, cache_read, cache_write, cache_write_1h, input_audio, output, reasoning, output_audio,
    input_cost, output_cost, price_id)
  SELECT $1::uuid, CASE WHEN n % 2 = 0
      THEN $5::timestamptz - (n / 40 % 840) * interval '1 hour' - (n / 33600 % 3600) * interval '1 second'
      ELSE $5::timestamptz - (36 + n / 40 % 363) * interval '1 day' - (n / 14520 % 3600) * interval '1 second' END,
    'bench', n::text, now(), $2::uuid, 'MODEL_CALL', 'PRODUCTION', 'openai', 'model-' || n / 2 % 5,
    'agent-' || n / 10 % 4, '1', 'production', 900 + n % 4000, n % 900, 0, 0, 0, 100 + n % 600, n % 100, 0,
    1000000 + n % 977, 500000 + n % 613, $2::uuid
  FROM generate_series($3::bigint, $4::bigint - 1) AS n
  RETURNING *
), hours AS (${upsertBuckets('hour')}
), days AS (${upsertBuckets('day')}
)${UPSERT_TOKEN_DAYS}`

/** Gives the organization so many events over the last 400 days. */
export async function fillUsage(
  pool: pg.Pool,
  organizationId: string,
  events: number,
): Promise<void> {
  const family = newId()
  const lastHour = new Date(Math.floor(Date.now() / 3_600_000) * 3_600_000 - 1)
  await pool.query(
    `SELECT usage.ensure_partitions(now() - make_interval(days => $1), $1 / 28 + 2)`,
    [DAYS_FILLED],
  )
  for (let start = 0; start < events; start += EVENTS_AT_ONCE) {
    const end = Math.min(start + EVENTS_AT_ONCE, events)
    await pool.query(FILL, [organizationId, family, start, end, lastHour])
  }
}
