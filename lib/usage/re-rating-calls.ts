import type pg from 'pg'
import type { TokenCounts } from '@/lib/model-pricing/token-kinds'

/** Which calls are priced again. */
export interface ReRatingScope {
  /** Epoch ms, UTC midnights; `to` is not in the range. */
  from: number
  to: number
  /** Null: all. */
  provider: string | null
  model: string | null
  agent: string | null
}

/** A model call as it was counted; money is nano-USD. */
export interface CountedCall {
  occurredAt: number
  /** What adjustments are made by, beside the hour. */
  names: CallNames
  tokens: TokenCounts
  /** Null where nobody had priced it. */
  cost: { input: bigint; output: bigint } | null
}

/** Token family, origin, provider, model, agent, revision, environment. */
export type CallNames = readonly [string, string, string, string, string, string, string]

export const CALL_NAMES = [
  'family_id',
  'origin',
  'provider',
  'model',
  'agent',
  'revision',
  'environment',
] as const

/** Few enough to stay small in memory, enough that the way to the database does not count. */
const BATCH = 2000
const HOUR_MS = 3_600_000

const SELECT = `SELECT (extract(epoch FROM occurred_at) * 1000)::float8, ${CALL_NAMES.join(', ')},
    input, cache_read, cache_write, cache_write_1h, input_audio, output, reasoning, output_audio,
    input_cost, output_cost
  FROM usage.event
  WHERE organization_id = $1 AND occurred_at >= $2 AND occurred_at < $3 AND kind = 'MODEL_CALL'
    AND received_at <= $4 AND ($5::text IS NULL OR provider = $5) AND ($6::text IS NULL OR model = $6)
    AND ($7::text IS NULL OR agent = $7)
  ORDER BY occurred_at`

/**
 * Model calls, in order, by the hour they happened in. All of one snapshot, and never more of them in memory
 * than an hour holds groups of: the caller is inside a transaction, whose cursor this is.
 * @param countedUntil epoch ms; calls that were received later are left out
 */
export async function* callsOf(
  client: pg.PoolClient,
  organizationId: string,
  scope: ReRatingScope,
  countedUntil: number,
): AsyncGenerator<CountedCall[]> {
  await client.query(`DECLARE counted_calls NO SCROLL CURSOR FOR ${SELECT}`, [
    organizationId,
    new Date(scope.from),
    new Date(scope.to),
    new Date(countedUntil),
    scope.provider,
    scope.model,
    scope.agent,
  ])
  for (;;) {
    const { rows } = await client.query<Columns>({
      text: `FETCH ${BATCH} FROM counted_calls`,
      rowMode: 'array',
    })
    if (rows.length === 0) break
    yield rows.map(toCall)
  }
  await client.query('CLOSE counted_calls')
}

export function hourOf(at: number): number {
  return Math.floor(at / HOUR_MS) * HOUR_MS
}

type Counts = [string, string, string, string, string, string, string, string]
type Columns = [number, ...CallNames, ...Counts, string | null, string | null]

function toCall(columns: Columns): CountedCall {
  const [occurredAt, family, origin, provider, model, agent, revision, environment] = columns
  const [input, cacheRead, cacheWrite, cacheWrite1h, inputAudio] = columns.slice(8, 13).map(Number)
  const [output, reasoning, outputAudio] = columns.slice(13, 16).map(Number)
  const [inputCost, outputCost] = [columns[16], columns[17]]
  return {
    occurredAt,
    names: [family, origin, provider, model, agent, revision, environment],
    tokens: {
      input: input ?? 0,
      cacheRead: cacheRead ?? 0,
      cacheWrite: cacheWrite ?? 0,
      cacheWrite1h: cacheWrite1h ?? 0,
      inputAudio: inputAudio ?? 0,
      output: output ?? 0,
      reasoning: reasoning ?? 0,
      outputAudio: outputAudio ?? 0,
    },
    cost:
      inputCost === null || outputCost === null
        ? null
        : { input: BigInt(inputCost), output: BigInt(outputCost) },
  }
}
