import type pg from 'pg'
import { EPOCH_MS } from '@/lib/agents/rows'
import { THIS_MOMENT } from '@/lib/db/this-moment'
import type { Execution, RunTokens, Starter } from '@/lib/execution/model'

type Client = Pick<pg.Pool | pg.PoolClient, 'query'>

/** What is known of a run before it begins. */
export type BegunRun = Pick<
  Execution,
  | 'id'
  | 'agentUid'
  | 'agentId'
  | 'revision'
  | 'sessionId'
  | 'chatUserId'
  | 'deliveryId'
  | 'requestId'
  | 'origin'
  | 'provider'
  | 'model'
  | 'modelOrigin'
>

/** So long after its time is over a run may still be writing down how it ended. */
const GRACE_MS = 30_000

/** Of the runs of a delivery: it answered, may still, or was broken off. As in the index `run_by_delivery`. */
const NOT_TURNED_AWAY = `delivery_id IS NOT NULL
  AND (status <> 'FAILED' OR error_code IN ('interrupted', 'model_timed_out'))`

const BEGIN = `
  INSERT INTO execution.run (organization_id, id, agent_uid, agent_id, revision, session_id, chat_user_id,
    delivery_id, maker_kind, maker_id, maker_label, token_id, family_id, token_name, request_id, origin, provider,
    model, model_origin, status, started_at, expires_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, 'RUNNING',
    ${THIS_MOMENT}, ${THIS_MOMENT} + $20 * interval '1 millisecond')
  ON CONFLICT (organization_id, delivery_id, agent_id)
    WHERE ${NOT_TURNED_AWAY} DO NOTHING
  RETURNING ${EPOCH_MS('started_at')} AS "startedAt"`

/**
 * Writes down that a run begins.
 * @returns when, or null where another run of the same delivery by the same agent is there already
 */
export async function insertBegun(
  client: Client,
  organizationId: string,
  run: BegunRun,
  { starter, timeoutMs }: { starter: Starter; timeoutMs: number },
): Promise<number | null> {
  const { rows } = await client.query<{ startedAt: number }>({
    name: 'execution-begin',
    text: BEGIN,
    values: [
      organizationId,
      run.id,
      run.agentUid,
      run.agentId,
      run.revision,
      run.sessionId,
      run.chatUserId,
      run.deliveryId,
      starter.kind,
      starter.id,
      starter.label,
      starter.token?.id ?? null,
      starter.token?.familyId ?? null,
      starter.token?.name ?? null,
      run.requestId,
      run.origin,
      run.provider,
      run.model,
      run.modelOrigin,
      timeoutMs + GRACE_MS,
    ],
  })
  return rows[0]?.startedAt ?? null
}

/** The run by this agent that a delivery has had, or has; undefined where none began, or where a provider turned it away. */
export async function runOfDelivery(
  client: Client,
  organizationId: string,
  { deliveryId, agentId }: { deliveryId: string; agentId: string },
): Promise<Pick<Execution, 'id' | 'status'> | undefined> {
  const { rows } = await client.query<Pick<Execution, 'id' | 'status'>>(
    `SELECT id, status FROM execution.run WHERE organization_id = $1 AND delivery_id = $2 AND agent_id = $3
       AND ${NOT_TURNED_AWAY}`,
    [organizationId, deliveryId, agentId],
  )
  return rows[0]
}

/** How a run ended. */
export interface RunEnd {
  errorCode: string | null
  finishReason: string | null
  /** Null where nothing is known of any. */
  tokens: RunTokens | null
  /** Nano-USD; null where no price was known. */
  cost: { input: bigint; output: bigint } | null
  durationMs: number
}

const END = `
  UPDATE execution.run SET status = $3, error_code = $4, finish_reason = $5, input = $6, cache_read = $7,
    cache_write = $8, output = $9, reasoning = $10, input_cost = $11, output_cost = $12, duration_ms = $13,
    finished_at = clock_timestamp()
  WHERE organization_id = $1 AND id = $2 AND (status = 'RUNNING' OR error_code = 'interrupted')`

/** Writes down how a run ended; also over "interrupted", which its own process knows better. */
export async function recordEnd(
  client: Client,
  organizationId: string,
  id: string,
  { errorCode, finishReason, tokens, cost, durationMs }: RunEnd,
): Promise<void> {
  await client.query({
    name: 'execution-end',
    text: END,
    values: [
      organizationId,
      id,
      errorCode === null ? 'SUCCEEDED' : 'FAILED',
      errorCode,
      finishReason,
      tokens?.input ?? 0,
      tokens?.cacheRead ?? 0,
      tokens?.cacheWrite ?? 0,
      tokens?.output ?? 0,
      tokens?.reasoning ?? 0,
      cost?.input ?? null,
      cost?.output ?? null,
      durationMs,
    ],
  })
}

/**
 * Ends every run whose process did not live to say how it ended.
 * @returns how many
 */
export async function endInterruptedRuns(client: Client): Promise<number> {
  const { rowCount } = await client.query(
    `UPDATE execution.run SET status = 'FAILED', error_code = 'interrupted', finished_at = clock_timestamp()
     WHERE status = 'RUNNING' AND expires_at < clock_timestamp()`,
  )
  return rowCount ?? 0
}
