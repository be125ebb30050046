import type pg from 'pg'
import type { CallCost } from '@/lib/model-pricing/rates'
import type { UsageEvent } from '@/lib/usage/usage-event'

/** An event with what it costs; null where no price is known. */
export interface RatedEvent extends UsageEvent {
  cost: CallCost | null
  priceId: string | null
}

interface Reporter {
  organizationId: string
  /** Of the token that brought the events. */
  familyId: string
}

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
const NAMES = 'origin, provider, model, agent, revision, environment'
const TOKEN_SUMS = ['calls', 'unpriced_calls', 'input_tokens', 'output_tokens', 'cost']

/** Model calls, and those of them that nobody has priced. */
const CALLS = `count(*) FILTER (WHERE kind = 'MODEL_CALL'),
    count(*) FILTER (WHERE kind = 'MODEL_CALL' AND price_id IS NULL)`

const added = (table: string, columns: readonly string[]) =>
  columns.map((column) => `${column} = ${table}.${column} + excluded.${column}`).join(', ')

/** Grouped and in the order of the key, so that two senders lock the same rows in the same order. */
const upsertBuckets = (table: 'hour' | 'day') => `
  INSERT INTO usage.${table} AS kept (organization_id, bucket, ${NAMES}, ${SUMS.join(', ')})
  SELECT $1::uuid, date_trunc('${table}', occurred_at, 'UTC') AS at, ${NAMES},
    count(*) FILTER (WHERE kind = 'EXECUTION'), ${CALLS}, sum(input), sum(cache_read), sum(cache_write),
    sum(cache_write_1h), sum(input_audio), sum(output), sum(reasoning), sum(output_audio),
    coalesce(sum(input_cost), 0), coalesce(sum(output_cost), 0)
  FROM fresh GROUP BY at, ${NAMES} ORDER BY at, ${NAMES}
  ON CONFLICT (organization_id, bucket, ${NAMES}) DO UPDATE SET ${added('kept', SUMS)}`

const STORE = `
WITH told AS (
  SELECT * FROM jsonb_to_recordset($3::jsonb) AS t(event_id text, source text, at float8, kind text, origin text,
    provider text, model text, agent text, revision text, environment text, input bigint,
    cache_read bigint, cache_write bigint, cache_write_1h bigint, input_audio bigint, output bigint,
    reasoning bigint, output_audio bigint, input_cost bigint, output_cost bigint, price_id uuid)
), counted AS (
  INSERT INTO usage.event_key (organization_id, source, event_id, received_at)
  SELECT $1::uuid, source, event_id, now() FROM told ORDER BY source, event_id
  ON CONFLICT DO NOTHING RETURNING source, event_id
), fresh AS (
  INSERT INTO usage.event (organization_id, occurred_at, source, event_id, received_at, family_id,
    kind, ${NAMES}, input, cache_read, cache_write, cache_write_1h, input_audio, output, reasoning,
    output_audio, input_cost, output_cost, price_id)
  SELECT $1::uuid, to_timestamp(at / 1000), source, event_id, now(), $2::uuid, kind, ${NAMES}, input,
    cache_read, cache_write, cache_write_1h, input_audio, output, reasoning, output_audio,
    input_cost, output_cost, price_id
  FROM told JOIN counted USING (source, event_id)
  RETURNING *
), hours AS (${upsertBuckets('hour')}
), days AS (${upsertBuckets('day')}
), tokens AS (
  INSERT INTO usage.token_day AS kept (organization_id, family_id, bucket, origin, ${TOKEN_SUMS.join(', ')})
  SELECT $1::uuid, $2::uuid, date_trunc('day', occurred_at, 'UTC') AS at, origin, ${CALLS},
    sum(input + cache_read + cache_write + cache_write_1h + input_audio),
    sum(output + reasoning + output_audio), coalesce(sum(input_cost + output_cost), 0)
  FROM fresh GROUP BY at, origin ORDER BY at, origin
  ON CONFLICT (organization_id, family_id, bucket, origin) DO UPDATE SET ${added('kept', TOKEN_SUMS)}
)
SELECT count(*)::int AS counted FROM fresh`

/**
 * Counts events, each at most once, and adds them to what charts read: one statement, so that an event is in
 * all of it or in none. Of events that name the same id twice in one call only one may be given.
 * @returns how many were new
 */
export async function storeEvents(
  database: Pick<pg.Pool | pg.PoolClient, 'query'>,
  reporter: Reporter,
  events: readonly RatedEvent[],
): Promise<number> {
  if (events.length === 0) return 0
  const { rows } = await database.query<{ counted: number }>({
    name: 'usage-store',
    text: STORE,
    values: [reporter.organizationId, reporter.familyId, JSON.stringify(events.map(toRow))],
  })
  return rows[0]?.counted ?? 0
}

function toRow({ tokens, cost, ...event }: RatedEvent) {
  return {
    event_id: event.id,
    source: event.source,
    at: event.occurredAt,
    kind: event.kind,
    origin: event.origin,
    provider: event.provider,
    model: event.model,
    agent: event.agent,
    revision: event.revision,
    environment: event.environment,
    input: tokens.input,
    cache_read: tokens.cacheRead,
    cache_write: tokens.cacheWrite,
    cache_write_1h: tokens.cacheWrite1h,
    input_audio: tokens.inputAudio,
    output: tokens.output,
    reasoning: tokens.reasoning,
    output_audio: tokens.outputAudio,
    // As text: nano-USD may pass 2^53.
    input_cost: cost?.input.toString() ?? null,
    output_cost: cost?.output.toString() ?? null,
    price_id: event.priceId,
  }
}
