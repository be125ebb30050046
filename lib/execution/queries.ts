import { authorize, authorizeOnItem } from '@/lib/access/authorize'
import { accessValues } from '@/lib/agents/access'
import { makerSql, readerValues } from '@/lib/agents/maker'
import { EPOCH_MS, visibleAgent } from '@/lib/agents/rows'
import type { Context } from '@/lib/context'
import { notFound } from '@/lib/errors'
import type { Execution, ExecutionStatus, RunTokens } from '@/lib/execution/model'
import { runSource } from '@/lib/execution/run-source'
import { COUNTED_TO, type Page, type PageRequest } from '@/lib/paging'
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

/** `$2` who asks, `$3` whether they see everyone's tokens. */
const COLUMNS = `r.id, r.agent_uid AS "agentUid", r.agent_id AS "agentId", r.revision,
    r.session_id AS "sessionId", r.chat_user_id AS "chatUserId", r.delivery_id AS "deliveryId",
    ${makerSql('r', '$3', '$2')} AS "startedBy", r.request_id AS "requestId", r.origin, r.provider, r.model,
    r.model_origin AS "modelOrigin", r.status, r.finish_reason AS "finishReason", r.error_code AS "errorCode",
    r.input, r.cache_read AS "cacheRead", r.cache_write AS "cacheWrite", r.output, r.reasoning,
    r.input_cost AS "inputCost", r.output_cost AS "outputCost", ${EPOCH_MS('r.started_at')} AS "startedAt",
    ${EPOCH_MS('r.finished_at')} AS "finishedAt", r.duration_ms AS "durationMs"`

/**
 * Runs of the agents that the caller may see, newest first; `totalCount` ends at `COUNTED_TO`.
 * @throws DomainError forbidden | not-found for an agent that the caller has no grant on | invalid at
 *   /query/pageToken
 */
export async function listExecutions(
  ctx: Context,
  { agent, session, status, origin, ...request }: ExecutionFilter & PageRequest = {},
): Promise<Page<Execution>> {
  authorize(ctx.principal, 'executions:read')
  const agentUid = agent === undefined ? null : (await visibleAgent(ctx, agent)).uid
  const filter = {
    agentUid,
    session: session ?? null,
    status: status ?? null,
    origin: origin ?? null,
  }
  const list = ['executions', ctx.organization.id, ...Object.values(filter)]
  const cursor = ctx.crypto.pageTokens.open(list, request.pageToken)
  const size = clampPageSize(request.pageSize)
  const [seesAll, reader] = accessValues(ctx.principal)
  const [seesTokens] = readerValues(ctx.principal)
  const source = runSource(seesAll, filter)
  const values = [ctx.organization.id, reader, seesTokens, ...Object.values(filter)]
  const newest = source('r.*', cursor ? 'AND r.id < $8::uuid' : '', size + 1)
  const [found, counted] = await Promise.all([
    ctx.db.pool.query<Row>(
      `SELECT ${COLUMNS} FROM (${newest}) r ORDER BY r.id DESC LIMIT ${size + 1}`,
      [...values, ...(cursor ?? [])],
    ),
    ctx.db.pool.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM (
         SELECT 1 FROM (${source('$2::uuid, $3::boolean', '', COUNTED_TO)}) of_each LIMIT ${COUNTED_TO}
       ) counted`,
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
  const [seesAll, reader] = accessValues(ctx.principal)
  const [seesTokens] = readerValues(ctx.principal)
  const { rows } = await ctx.db.pool.query<Row>(
    `SELECT ${COLUMNS} FROM execution.run r WHERE r.organization_id = $1 AND r.id = $4 AND ($5 OR EXISTS (
       SELECT 1 FROM agents.collaborator c WHERE c.organization_id = r.organization_id
         AND c.agent_uid = r.agent_uid AND c.user_id = $2::uuid))`,
    [ctx.organization.id, reader, seesTokens, execution, seesAll],
  )
  if (!rows[0]) throw notFound()
  return toExecution(rows[0])
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
