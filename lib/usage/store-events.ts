import type pg from 'pg'
import type { CallCost } from '@/lib/model-pricing/rates'
import { NAMES, UPSERT_TOKEN_DAYS, upsertBuckets } from '@/lib/usage/rollup-sql'
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
), tokens AS (${UPSERT_TOKEN_DAYS}
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
