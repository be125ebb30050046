import { visibleAgent } from '@/lib/agents/rows'
import type { Context } from '@/lib/context'
import { levelAt } from '@/lib/evaluation-metrics/model'
import { costOf, judgedOf, selectCaseFacts } from '@/lib/evaluations/case-facts'
import type {
  CaseResult,
  CaseScore,
  CaseSide,
  FrozenMetric,
  ItemState,
  ResultOrder,
  Side,
} from '@/lib/evaluations/model'
import {
  authorizeEvaluationReading,
  type OnEvaluation,
  requireEvaluation,
} from '@/lib/evaluations/queries'
import { type CaseFacts, caseChange, caseScore } from '@/lib/evaluations/score'
import type { Page, PageRequest } from '@/lib/paging'
import { clampPageSize } from '@/lib/tokens/queries'

/**
 * The cases of a run with what both sides answered and how it was scored. While the run is under way a page shows
 * what is there by now.
 * @param input order: CHANGE unless told
 * @throws DomainError not-found | forbidden | invalid at /query/pageToken
 */
export async function listEvaluationResults(
  ctx: Context,
  {
    agent,
    evaluation,
    order = 'CHANGE',
    ...request
  }: OnEvaluation & PageRequest & { order?: ResultOrder | undefined },
): Promise<Page<CaseResult>> {
  authorizeEvaluationReading(ctx)
  const run = await requireEvaluation(ctx, await visibleAgent(ctx, agent), evaluation)
  const key = { organizationId: ctx.organization.id, runId: run.id }
  const list = ['evaluation-results', key.organizationId, key.runId, order]
  const cursor = ctx.crypto.pageTokens.open(list, request.pageToken)
  const metrics = judgedOf(run.metrics)
  const facts = await selectCaseFacts(ctx.db.pool, key)
  const ranked = facts
    .map((one, index) => ({
      position: index + 1,
      change: caseChange(metrics, one),
      rank: order === 'POSITION' ? 0 : rankOf(metrics, one, run.baselineRevision !== null),
    }))
    .sort((one, other) => one.rank - other.rank || one.position - other.position)
  const rest = cursor ? ranked.filter((one) => isAfter(one, cursor)) : ranked
  const chosen = rest.slice(0, clampPageSize(request.pageSize))
  const rows = await selectCases(ctx, key.runId, chosen)
  const last = rest.length > chosen.length ? chosen.at(-1) : undefined
  return {
    items: chosen.flatMap(({ position, change }) => {
      const row = rows.get(position)
      return row ? [toResult(row, metrics, change)] : []
    }),
    nextPageToken: last ? ctx.crypto.pageTokens.seal(list, [last.rank, last.position]) : '',
    totalCount: facts.length,
  }
}

/** What has no score of the candidate goes before every change, what cannot be compared after it. */
const [FIRST, LAST] = [-1000, 1000]

function rankOf(metrics: readonly FrozenMetric[], one: CaseFacts, hasBaseline: boolean): number {
  const mine = caseScore(metrics, one.candidate)
  if (mine === null) return FIRST
  return hasBaseline ? (caseChange(metrics, one) ?? LAST) : mine
}

function isAfter(
  { rank, position }: { rank: number; position: number },
  [cursorRank, cursorPosition]: readonly (string | number)[],
): boolean {
  const before = Number(cursorRank)
  return rank > before || (rank === before && position > Number(cursorPosition))
}

interface SideRow {
  side: Side
  state: ItemState
  errorCode: string | null
  executionId: string | null
  durationMs: number | null
  inputCost: string | null
  outputCost: string | null
  answer: string | null
  scores: Record<string, { score: number | null; errorCode: string | null; reason: string | null }>
}

type CaseRow = Pick<
  CaseResult,
  'position' | 'caseId' | 'name' | 'input' | 'parameters' | 'expected'
> & { sides: SideRow[] }

async function selectCases(
  { db, organization }: Context,
  runId: string,
  chosen: readonly { position: number }[],
): Promise<Map<number, CaseRow>> {
  const { rows } = await db.pool.query<CaseRow>(
    `SELECT i.position, min(i.case_id::text) AS "caseId", t.name, t.input, t.parameters::jsonb AS parameters, t.expected,
       json_agg(json_build_object('side', i.side, 'state', i.state, 'errorCode', i.error_code,
         'executionId', i.execution_id, 'durationMs', i.duration_ms, 'inputCost', i.input_cost::text,
         'outputCost', i.output_cost::text, 'answer', a.answer, 'scores', coalesce((
           SELECT json_object_agg(s.metric_id, json_build_object('score', s.score, 'errorCode', s.error_code,
             'reason', w.reason))
           FROM evaluation.run_score s
           LEFT JOIN evaluation.run_reason w USING (organization_id, run_id, position, side, metric_id)
           WHERE s.organization_id = $1 AND s.run_id = $2 AND s.position = i.position AND s.side = i.side
         ), '{}'))) AS sides
     FROM evaluation.run_item i
     LEFT JOIN evaluation.run_text t ON t.organization_id = $1 AND t.run_id = $2 AND t.position = i.position
     LEFT JOIN evaluation.run_answer a
       ON a.organization_id = $1 AND a.run_id = $2 AND a.position = i.position AND a.side = i.side
     WHERE i.organization_id = $1 AND i.run_id = $2 AND i.position = ANY($3::int[])
     GROUP BY i.position, t.name, t.input, t.parameters::jsonb, t.expected`,
    [organization.id, runId, chosen.map(({ position }) => position)],
  )
  return new Map(rows.map((row) => [row.position, row]))
}

function toResult(
  { sides, ...texts }: CaseRow,
  metrics: readonly FrozenMetric[],
  change: number | null,
): CaseResult {
  const find = (side: Side) => {
    const row = sides.find((one) => one.side === side)
    return row ? toSide(row, metrics) : null
  }
  const candidate = find('CANDIDATE')
  if (!candidate) throw new Error('A case of an evaluation has no candidate.')
  return { ...texts, candidate, baseline: find('BASELINE'), change }
}

function toSide(
  { side: _side, scores: given, inputCost, outputCost, ...row }: SideRow,
  metrics: readonly FrozenMetric[],
): CaseSide {
  const scores = metrics.flatMap((metric): CaseScore[] => {
    const told = given[metric.metricId]
    if (!told) return []
    const { score, errorCode, reason } = told
    const { metricId, passScore } = metric
    return [
      {
        ...{ metricId, score, errorCode, reason },
        levelLabel: score === null ? null : (levelAt(metric, score)?.label ?? String(score)),
        passed: score === null || passScore === null ? null : score >= passScore,
      },
    ]
  })
  const raw = scores.flatMap(({ metricId, score }) =>
    score === null ? [] : [[metricId, score] as const],
  )
  const overall = caseScore(metrics, { scores: new Map(raw) })
  return { ...row, cost: costOf(inputCost, outputCost), scores, overall }
}
