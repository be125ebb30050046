import type { Context } from '@/lib/context'
import { notFound } from '@/lib/errors'
import type { Origin } from '@/lib/usage/origin'
import { authorizeUsageReading } from '@/lib/usage/queries'

/** Which part of what an agent used. */
export interface AgentUsageRequest {
  agent: string
  /** Null: all revisions. */
  revision: string | null
  /** Null: all environments. */
  environment?: string | null | undefined
  /** Null: both. */
  origin?: Origin | null | undefined
}

/** Sums of one model; money is nano-USD. */
export interface ModelUsage {
  provider: string
  model: string
  inputTokens: number
  outputTokens: number
  /** Of the input: read from a cache. */
  cachedTokens: number
  /** Of the output: reasoning. */
  thinkingTokens: number
  calls: number
  /** Of the calls: those whose model nobody has priced. */
  unpricedCalls: number
  inputCost: bigint
  outputCost: bigint
}

export interface AgentUsage {
  /** Runs that were reported. */
  executions: number
  /** By provider and model. */
  models: ModelUsage[]
}

type Row = Record<keyof Omit<ModelUsage, 'provider' | 'model'> | 'executions', string> &
  Pick<ModelUsage, 'provider' | 'model'>

/**
 * Everything that an agent used, ever. It reads sums of days, so its cost goes by days and models. Programs need
 * traces:read, people usage:read.
 * @throws DomainError forbidden | not-found where nothing was ever reported of the agent
 */
export async function agentUsage(ctx: Context, request: AgentUsageRequest): Promise<AgentUsage> {
  authorizeUsageReading(ctx)
  const { rows } = await ctx.db.pool.query<Row>(
    `SELECT provider, model, sum(executions) AS executions, sum(calls) AS calls,
       sum(unpriced_calls) AS "unpricedCalls",
       sum(input + cache_read + cache_write + cache_write_1h + input_audio) AS "inputTokens",
       sum(output + reasoning + output_audio) AS "outputTokens", sum(cache_read) AS "cachedTokens",
       sum(reasoning) AS "thinkingTokens", sum(input_cost) AS "inputCost",
       sum(output_cost) AS "outputCost"
     FROM usage.day
     WHERE organization_id = $1 AND agent = $2 AND ($3::text IS NULL OR revision = $3)
       AND ($4::text IS NULL OR environment = $4) AND ($5::text IS NULL OR origin = $5)
     GROUP BY provider, model ORDER BY provider, model`,
    [
      ctx.organization.id,
      request.agent,
      request.revision,
      request.environment ?? null,
      request.origin ?? null,
    ],
  )
  if (rows.length === 0) await requireKnown(ctx, request.agent)
  return {
    executions: rows.reduce((sum, { executions }) => sum + Number(executions), 0),
    models: rows.filter(({ calls }) => Number(calls) > 0).map(toModelUsage),
  }
}

/** An agent that has been heard of may have nothing in the part that was asked for. */
async function requireKnown(ctx: Context, agent: string): Promise<void> {
  const { rowCount } = await ctx.db.pool.query(
    'SELECT 1 FROM usage.day WHERE organization_id = $1 AND agent = $2 LIMIT 1',
    [ctx.organization.id, agent],
  )
  if (rowCount === 0) throw notFound()
}

function toModelUsage({ provider, model, ...sums }: Row): ModelUsage {
  return {
    provider,
    model,
    inputTokens: Number(sums.inputTokens),
    outputTokens: Number(sums.outputTokens),
    cachedTokens: Number(sums.cachedTokens),
    thinkingTokens: Number(sums.thinkingTokens),
    calls: Number(sums.calls),
    unpricedCalls: Number(sums.unpricedCalls),
    inputCost: BigInt(sums.inputCost),
    outputCost: BigInt(sums.outputCost),
  }
}
