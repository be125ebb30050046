/** How events become the sums that charts read; `fresh` is where the statement has its events. */

/** The columns of sums, which every rollup but that of tokens has. */
const SUMS = [
  'executions',
  'calls',
  'unpriced_calls',
  'input',
  'cache_read',
  'cache_write',
  'cache_write_1h',
  'input_audio',
  'output',
  'reasoning',
  'output_audio',
  'input_cost',
  'output_cost',
]
export const NAMES = 'origin, provider, model, agent, revision, environment'
const TOKEN_SUMS = ['calls', 'unpriced_calls', 'input_tokens', 'output_tokens', 'cost']

/** Model calls, and those of them that nobody has priced. */
const CALLS = `count(*) FILTER (WHERE kind = 'MODEL_CALL'),
    count(*) FILTER (WHERE kind = 'MODEL_CALL' AND price_id IS NULL)`

const added = (table: string, columns: readonly string[]) =>
  columns.map((column) => `${column} = ${table}.${column} + excluded.${column}`).join(', ')

/** Grouped and in the order of the key, so that two senders lock the same rows in the same order. */
export const upsertBuckets = (table: 'hour' | 'day') => `
  INSERT INTO usage.${table} AS kept (organization_id, bucket, ${NAMES}, ${SUMS.join(', ')})
  SELECT $1::uuid, date_trunc('${table}', occurred_at, 'UTC') AS at, ${NAMES},
    count(*) FILTER (WHERE kind = 'EXECUTION'), ${CALLS}, sum(input), sum(cache_read), sum(cache_write),
    sum(cache_write_1h), sum(input_audio), sum(output), sum(reasoning), sum(output_audio),
    coalesce(sum(input_cost), 0), coalesce(sum(output_cost), 0)
  FROM fresh GROUP BY at, ${NAMES} ORDER BY at, ${NAMES}
  ON CONFLICT (organization_id, bucket, ${NAMES}) DO UPDATE SET ${added('kept', SUMS)}`

/** The same by token: $2 is the one that reported. */
export const UPSERT_TOKEN_DAYS = `
  INSERT INTO usage.token_day AS kept (organization_id, family_id, bucket, origin, ${TOKEN_SUMS.join(', ')})
  SELECT $1::uuid, $2::uuid, date_trunc('day', occurred_at, 'UTC') AS at, origin, ${CALLS},
    sum(input + cache_read + cache_write + cache_write_1h + input_audio),
    sum(output + reasoning + output_audio), coalesce(sum(input_cost + output_cost), 0)
  FROM fresh GROUP BY at, origin ORDER BY at, origin
  ON CONFLICT (organization_id, family_id, bucket, origin) DO UPDATE SET ${added('kept', TOKEN_SUMS)}`
