import { authorizeOnItem } from '@/lib/access/authorize'
import { readerValues } from '@/lib/agents/maker'
import type { AgentSummary } from '@/lib/agents/model'
import { visibleAgent } from '@/lib/agents/rows'
import type { Context } from '@/lib/context'
import { notFound } from '@/lib/errors'
import { comparisonOf, selectJudgingCost } from '@/lib/evaluations/case-facts'
import type {
  Evaluation,
  EvaluationSummary,
  FrozenMetric,
  JudgedMetric,
} from '@/lib/evaluations/model'
import { FROM, SUMMARY } from '@/lib/evaluations/run-rows'
import type { Page, PageRequest } from '@/lib/paging'
import { clampPageSize } from '@/lib/tokens/queries'

export interface OnEvaluation {
  agent: string
  /** A UUID. */
  evaluation: string
}

/**
 * Runs show what datasets hold and what an agent answers, so they need both; whose the agent is not sees nothing.
 * @throws DomainError not-found | forbidden
 */
export function authorizeEvaluationReading({ principal }: Context): void {
  authorizeOnItem(principal, 'datasets:read', 'agents:read')
}

/**
 * The runs of an agent, newest first.
 * @throws DomainError not-found | forbidden | invalid at /query/pageToken
 */
export async function listEvaluations(
  ctx: Context,
  { agent, ...request }: { agent: string } & PageRequest,
): Promise<Page<EvaluationSummary>> {
  authorizeEvaluationReading(ctx)
  const found = await visibleAgent(ctx, agent)
  const list = ['evaluations', ctx.organization.id, found.uid]
  const cursor = ctx.crypto.pageTokens.open(list, request.pageToken)
  const size = clampPageSize(request.pageSize)
  const [{ rows }, counted] = await Promise.all([
    ctx.db.pool.query<EvaluationSummary>(
      `${SUMMARY} ${FROM} ${cursor ? 'AND r.id < $5::uuid' : ''} ORDER BY r.id DESC LIMIT ${size + 1}`,
      [...valuesOf(ctx, found), ...(cursor ?? [])],
    ),
    ctx.db.pool.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM evaluation.run WHERE organization_id = $1 AND agent_uid = $2`,
      [ctx.organization.id, found.uid],
    ),
  ])
  const items = rows.slice(0, size)
  const last = rows.length > size ? items.at(-1) : undefined
  return {
    items,
    nextPageToken: last ? ctx.crypto.pageTokens.seal(list, [last.id]) : '',
    totalCount: counted.rows[0]?.count ?? 0,
  }
}

/** With what it says by now. @throws DomainError not-found | forbidden */
export async function getEvaluation(
  ctx: Context,
  { agent, evaluation }: OnEvaluation,
): Promise<Evaluation> {
  authorizeEvaluationReading(ctx)
  return requireEvaluation(ctx, await visibleAgent(ctx, agent), evaluation)
}

type Row = EvaluationSummary & { metrics: JudgedMetric[]; hasTexts: boolean }

/** Reads it for who has been authorized. @throws DomainError not-found */
export async function requireEvaluation(
  ctx: Context,
  agent: AgentSummary,
  evaluation: string,
): Promise<Evaluation> {
  const { rows } = await ctx.db.pool.query<Row>(
    `${SUMMARY}, r.metrics, EXISTS (SELECT 1 FROM evaluation.run_text t
       WHERE t.organization_id = r.organization_id AND t.run_id = r.id) AS "hasTexts" ${FROM} AND r.id = $5`,
    [...valuesOf(ctx, agent), evaluation],
  )
  const [run] = rows
  if (!run) throw notFound()
  const key = { organizationId: ctx.organization.id, runId: run.id }
  const [comparison, judging] = await Promise.all([
    comparisonOf(ctx.db.pool, key, run),
    selectJudgingCost(ctx.db.pool, key),
  ])
  return { ...run, metrics: run.metrics.map(frozenOf), comparison, judging }
}

/** What the judge reads of it is shown where metrics are. */
function frozenOf({ description: _description, ...metric }: JudgedMetric): FrozenMetric {
  return metric
}

function valuesOf({ organization, principal }: Context, { uid }: AgentSummary): unknown[] {
  return [organization.id, uid, ...readerValues(principal)]
}
