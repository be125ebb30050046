import type pg from 'pg'
import { CALL_NAMES } from '@/lib/usage/re-rating-calls'
import type { ReRatedGroup } from '@/lib/usage/re-rating-groups'

const NAMES = 'origin, provider, model, agent, revision, environment'
const COST_SUMS = ['unpriced_calls', 'input_cost', 'output_cost']
/** Sums of buckets that no correction changes. */
const OTHER_SUMS = `executions, calls, input, cache_read, cache_write, cache_write_1h, input_audio, output,
  reasoning, output_audio`
const NOTHING = '0, 0, 0, 0, 0, 0, 0, 0, 0, 0'

const STORE = `
INSERT INTO usage.adjustment (organization_id, re_rating_id, hour, ${CALL_NAMES.join(', ')},
  input_cost, output_cost, newly_priced)
SELECT $1, $2, to_timestamp(hour / 1000), ${CALL_NAMES.join(', ')}, input_cost, output_cost, newly_priced
FROM jsonb_to_recordset($3::jsonb) AS t(hour float8, family_id uuid, origin text, provider text, model text,
  agent text, revision text, environment text, input_cost bigint, output_cost bigint, newly_priced bigint)`

/** Keeps the differences of groups as adjustments of a re-rating. */
export async function storeAdjustments(
  client: Pick<pg.PoolClient, 'query'>,
  organizationId: string,
  reRatingId: string,
  groups: readonly ReRatedGroup[],
): Promise<void> {
  if (groups.length === 0) return
  await client.query({
    name: 'usage-store-adjustments',
    text: STORE,
    values: [organizationId, reRatingId, JSON.stringify(groups.map(toRow))],
  })
}

function toRow({ hour, names, before, after }: ReRatedGroup) {
  return {
    hour,
    ...Object.fromEntries(CALL_NAMES.map((name, place) => [name, names[place]])),
    // As text: nano-USD may pass 2^53.
    input_cost: (after.input - before.input).toString(),
    output_cost: (after.output - before.output).toString(),
    newly_priced: before.unpriced - after.unpriced,
  }
}

const added = (table: string, columns: readonly string[]) =>
  columns.map((column) => `${column} = ${table}.${column} + excluded.${column}`).join(', ')

const upsertBuckets = (table: 'hour' | 'day', where = '') => `
  INSERT INTO usage.${table} AS kept (organization_id, bucket, ${NAMES}, ${COST_SUMS.join(', ')}, ${OTHER_SUMS})
  SELECT $1::uuid, date_trunc('${table}', hour, 'UTC') AS at, ${NAMES}, -sum(newly_priced),
    sum(input_cost), sum(output_cost), ${NOTHING}
  FROM changed ${where} GROUP BY at, ${NAMES} ORDER BY at, ${NAMES}
  ON CONFLICT (organization_id, bucket, ${NAMES}) DO UPDATE SET ${added('kept', COST_SUMS)}`

/** Hours are kept for some weeks: one that is gone stays gone. */
const HOUR_IS_KEPT = `WHERE EXISTS (
    SELECT 1 FROM usage.hour AS known WHERE known.organization_id = $1 AND known.bucket = changed.hour
      AND (${NAMES.replaceAll(/\w+/g, 'known.$&')}) = (${NAMES.replaceAll(/\w+/g, 'changed.$&')}))`

/**
 * The same steps in the same order as counting takes (store-events.ts), so that the two wait for each other
 * and never both at once.
 */
const ADD = `
WITH changed AS (
  SELECT * FROM usage.adjustment WHERE organization_id = $1 AND re_rating_id = $2
), hours AS (${upsertBuckets('hour', HOUR_IS_KEPT)}
), days AS (${upsertBuckets('day')}
), tokens AS (
  INSERT INTO usage.token_day AS kept (organization_id, family_id, bucket, origin, calls, unpriced_calls,
    input_tokens, output_tokens, cost)
  SELECT $1::uuid, family_id, date_trunc('day', hour, 'UTC') AS at, origin, 0, -sum(newly_priced), 0, 0,
    sum(input_cost + output_cost)
  FROM changed GROUP BY family_id, at, origin ORDER BY family_id, at, origin
  ON CONFLICT (organization_id, family_id, bucket, origin)
  DO UPDATE SET ${added('kept', ['unpriced_calls', 'cost'])}
)
SELECT 1`

/** Adds all adjustments of a re-rating to what charts read. They stay locked until the commit: do it late. */
export async function addAdjustments(
  client: Pick<pg.PoolClient, 'query'>,
  organizationId: string,
  reRatingId: string,
): Promise<void> {
  await client.query(ADD, [organizationId, reRatingId])
}
