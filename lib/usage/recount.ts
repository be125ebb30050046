import type pg from 'pg'

/** What was found when everything was counted again. */
export interface Recount {
  /** Model calls and runs of the organization. */
  events: number
  /** Rows of days, hours or tokens that say other than the events and adjustments do. */
  differences: number
}

const NAMES = 'origin, provider, model, agent, revision, environment'
const SUMS = `executions, calls, unpriced_calls, input, cache_read, cache_write, cache_write_1h, input_audio, output,
  reasoning, output_audio, input_cost, output_cost`

const CALLS = `(kind = 'MODEL_CALL')::int AS calls,
      (kind = 'MODEL_CALL' AND price_id IS NULL)::int AS unpriced`

/** What a rollup should say: the events, and what re-ratings changed since. */
const recounted = (unit: 'hour' | 'day') => `
  SELECT bucket, ${NAMES}, sum(executions)::bigint, sum(calls)::bigint, sum(unpriced)::bigint, sum(input)::bigint,
    sum(cache_read)::bigint, sum(cache_write)::bigint, sum(cache_write_1h)::bigint,
    sum(input_audio)::bigint, sum(output)::bigint, sum(reasoning)::bigint, sum(output_audio)::bigint,
    sum(input_cost)::bigint, sum(output_cost)::bigint
  FROM (
    SELECT date_trunc('${unit}', occurred_at, 'UTC') AS bucket, ${NAMES},
      (kind = 'EXECUTION')::int AS executions, ${CALLS}, input, cache_read, cache_write, cache_write_1h, input_audio,
      output, reasoning, output_audio, coalesce(input_cost, 0) AS input_cost,
      coalesce(output_cost, 0) AS output_cost
    FROM usage.event WHERE organization_id = $1 AND occurred_at >= $2
    UNION ALL
    SELECT date_trunc('${unit}', hour, 'UTC'), ${NAMES}, 0, 0, -newly_priced, 0, 0, 0, 0, 0, 0, 0, 0,
      input_cost, output_cost
    FROM usage.adjustment WHERE organization_id = $1 AND hour >= $2) AS said
  GROUP BY bucket, ${NAMES}`

const stored = (unit: 'hour' | 'day') =>
  `SELECT bucket, ${NAMES}, ${SUMS} FROM usage.${unit} WHERE organization_id = $1 AND bucket >= $2`

const TOKENS_RECOUNTED = `
  SELECT family_id, bucket, origin, sum(calls)::bigint, sum(unpriced)::bigint,
    sum(input_tokens)::bigint, sum(output_tokens)::bigint, sum(cost)::bigint
  FROM (
    SELECT family_id, date_trunc('day', occurred_at, 'UTC') AS bucket, origin, ${CALLS},
      input + cache_read + cache_write + cache_write_1h + input_audio AS input_tokens,
      output + reasoning + output_audio AS output_tokens,
      coalesce(input_cost + output_cost, 0) AS cost
    FROM usage.event WHERE organization_id = $1 AND occurred_at >= $2
    UNION ALL
    SELECT family_id, date_trunc('day', hour, 'UTC'), origin, 0, -newly_priced, 0, 0,
      input_cost + output_cost
    FROM usage.adjustment WHERE organization_id = $1 AND hour >= $2) AS said
  GROUP BY family_id, bucket, origin`

const TOKENS_STORED = `SELECT family_id, bucket, origin, calls, unpriced_calls, input_tokens,
  output_tokens, cost FROM usage.token_day WHERE organization_id = $1 AND bucket >= $2`

/** Rows that are on one side only: a row that differs is on both, and counts twice. */
const differing = (one: string, other: string) =>
  `(SELECT count(*) FROM ((${one}) EXCEPT (${other})) AS only_one)
   + (SELECT count(*) FROM ((${other}) EXCEPT (${one})) AS only_other)`

/**
 * Counts everything of the organization since a moment again, in one snapshot, and compares it with what
 * charts read. It reads every event: for the night, and for who asks.
 * @param since UTC midnight; hours and days before it are left alone
 */
export async function recount(
  client: Pick<pg.Pool | pg.PoolClient, 'query'>,
  organizationId: string,
  since: Date,
): Promise<Recount> {
  const { rows } = await client.query<{ events: string; differences: string }>(
    `SELECT (SELECT count(*) FROM usage.event WHERE organization_id = $1 AND occurred_at >= $2) AS events,
       ${differing(recounted('hour'), stored('hour'))} + ${differing(recounted('day'), stored('day'))}
       + ${differing(TOKENS_RECOUNTED, TOKENS_STORED)} AS differences`,
    [organizationId, since],
  )
  return { events: Number(rows[0]?.events ?? 0), differences: Number(rows[0]?.differences ?? 0) }
}
