import { authorize, authorizeOnItem } from '@/lib/access/authorize'
import { accessValues } from '@/lib/agents/access'
import { makerSql, readerValues } from '@/lib/agents/maker'
import { EPOCH_MS, visibleAgent } from '@/lib/agents/rows'
import type { Context } from '@/lib/context'
import { notFound } from '@/lib/errors'
import type { Execution, ExecutionStatus, RunTokens } from '@/lib/execution/model'
import type { Page, PageRequest } from '@/lib/paging'
import { clampPageSize } from '@/lib/tokens/queries'
import type { Origin } from '@/lib/usage/origin'

export interface ExecutionFilter {
  /** The id of an agent. */
  agent?: string | undefined
  session?: string | undefined
  status?: ExecutionStatus | undefined
  origin?: Origin | undefined
}

type Row = Omit<Execution, 'tokens' | 'inputCost' | 'outputCost'> &
  Record<keyof RunTokens, string> & { inputCost: string | null; outputCost: string | null }

/** `$1` organization, `$2` and `$3` accessValues, `$4` whether the reader sees everyone's tokens. */
const SELECT = `SELECT r.id, r.agent_uid AS "agentUid", r.agent_id AS "agentId", r.revision,
    r.session_id AS "sessionId", r.chat_user_id AS "chatUserId", r.delivery_id AS "deliveryId",
    ${makerSql('r', '$4', '$3')} AS "startedBy", r.request_id AS "requestId", r.origin, r.provider, r.model,
    r.model_origin AS "modelOrigin", r.status, r.finish_reason AS "finishReason", r.error_code AS "errorCode",
    r.input, r.cache_read AS "cacheRead", r.cache_write AS "cacheWrite", r.output, r.reasoning,
    r.input_cost AS "inputCost", r.output_cost AS "outputCost", ${EPOCH_MS('r.started_at')} AS "startedAt",
    ${EPOCH_MS('r.finished_at')} AS "finishedAt", r.duration_ms AS "durationMs"`
const SEEN = `FROM execution.run r WHERE r.organization_id = $1 AND ($2 OR EXISTS (
    SELECT 1 FROM agents.collaborator c WHERE c.organization_id = r.organization_id
      AND c.agent_uid = r.agent_uid AND c.user_id = $3::uuid))`

/**
 * Runs of the agents that the caller may see, newest first.
 * @throws DomainError forbidden | not-found for an agent that the caller has no grant on | invalid at
 *   /query/pageToken
 */
export async function listExecutions(
  ctx: Context,
  { agent, session, status, origin, ...request }: ExecutionFilter & PageRequest = {},
): Promise<Page<Execution>> {
  authorize(ctx.principal, 'executions:read')
  const agentUid = agent === undefined ? null : (await visibleAgent(ctx, agent)).uid
  const filters = [agentUid, session ?? null, status ?? null, origin ?? null]
  const list = ['executions', ctx.organization.id, ...filters]
  const cursor = ctx.crypto.pageTokens.open(list, request.pageToken)
  const size = clampPageSize(request.pageSize)
  const matching = `${SEEN} AND ($5::uuid IS NULL OR r.agent_uid = $5) AND ($6::text IS NULL OR r.session_id = $6)
    AND ($7::text IS NULL OR r.status = $7) AND ($8::text IS NULL OR r.origin = $8)`
  const values = [...valuesOf(ctx), ...filters]
  const [found, counted] = await Promise.all([
    ctx.db.pool.query<Row>(
      `${SELECT} ${matching} ${cursor ? 'AND r.id < $9::uuid' : ''} ORDER BY r.id DESC LIMIT ${size + 1}`,
      [...values, ...(cursor ?? [])],
    ),
    ctx.db.pool.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM (SELECT $4::boolean ${matching}) seen`,
      values,
    ),
  ])
  const items = found.rows.slice(0, size).map(toExecution)
  const last = found.rows.length > size ? items.at(-1) : undefined
  return {
    items,
    nextPageToken: last ? ctx.crypto.pageTokens.seal(list, [last.id]) : '',
    totalCount: counted.rows[0]?.count ?? 0,
  }
}

/** @throws DomainError not-found, also for a run of an agent that the caller has no grant on */
export async function getExecution(
  ctx: Context,
  { execution }: { execution: string },
): Promise<Execution> {
  authorizeOnItem(ctx.principal, 'executions:read', 'executions:read')
  const { rows } = await ctx.db.pool.query<Row>(`${SELECT} ${SEEN} AND r.id = $5`, [
    ...valuesOf(ctx),
    execution,
  ])
  if (!rows[0]) throw notFound()
  return toExecution(rows[0])
}

function valuesOf(ctx: Context): unknown[] {
  const [sees] = readerValues(ctx.principal)
  return [ctx.organization.id, ...accessValues(ctx.principal), sees]
}

function toExecution(row: Row): Execution {
  const { input, cacheRead, cacheWrite, output, reasoning, inputCost, outputCost, ...rest } = row
  return {
    ...rest,
    tokens: {
      input: Number(input),
      cacheRead: Number(cacheRead),
      cacheWrite: Number(cacheWrite),
      output: Number(output),
      reasoning: Number(reasoning),
    },
    inputCost: inputCost === null ? null : BigInt(inputCost),
    outputCost: outputCost === null ? null : BigInt(outputCost),
  }
}
