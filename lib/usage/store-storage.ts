import type pg from 'pg'

/** How much a knowledge base held at a moment. */
export interface StorageReading {
  /** With `source` it names the reading, among all events that are reported. */
  id: string
  source: string
  /** Epoch ms. */
  measuredAt: number
  knowledgeBase: string
  /** 0: it was emptied or deleted. */
  bytes: number
}

/**
 * The later reading of a day is its level, whichever comes first; of two at the same moment the larger, so that
 * no order of arrival changes what is kept.
 */
const STORE = `
WITH told AS (
  SELECT * FROM jsonb_to_recordset($2::jsonb) AS t(id text, source text, "measuredAt" float8,
    "knowledgeBase" text, bytes bigint)
), counted AS (
  INSERT INTO usage.event_key (organization_id, source, event_id, received_at)
  SELECT $1::uuid, source, id, now() FROM told ORDER BY source, id
  ON CONFLICT DO NOTHING RETURNING source, event_id AS id
), fresh AS (
  SELECT told.* FROM told JOIN counted USING (source, id)
), days AS (
  INSERT INTO usage.storage_day AS kept
    (organization_id, knowledge_base, bucket, last_bytes, max_bytes, last_at)
  SELECT $1::uuid, "knowledgeBase", date_trunc('day', to_timestamp("measuredAt" / 1000), 'UTC') AS day,
    (array_agg(bytes ORDER BY "measuredAt" DESC, bytes DESC))[1], max(bytes),
    to_timestamp(max("measuredAt") / 1000)
  FROM fresh GROUP BY "knowledgeBase", day ORDER BY "knowledgeBase", day
  ON CONFLICT (organization_id, knowledge_base, bucket) DO UPDATE SET
    last_bytes = CASE WHEN (excluded.last_at, excluded.last_bytes) > (kept.last_at, kept.last_bytes)
      THEN excluded.last_bytes ELSE kept.last_bytes END,
    max_bytes = greatest(kept.max_bytes, excluded.max_bytes),
    last_at = greatest(kept.last_at, excluded.last_at)
)
SELECT count(*)::int AS counted FROM fresh`

/**
 * Keeps readings, each at most once by its source and id, in one statement. Of readings that name the same id
 * twice in one call only one may be given.
 * @returns how many were new
 */
export async function storeReadings(
  database: Pick<pg.Pool | pg.PoolClient, 'query'>,
  organizationId: string,
  readings: readonly StorageReading[],
): Promise<number> {
  if (readings.length === 0) return 0
  const { rows } = await database.query<{ counted: number }>({
    name: 'usage-store-readings',
    text: STORE,
    values: [organizationId, JSON.stringify(readings)],
  })
  return rows[0]?.counted ?? 0
}
