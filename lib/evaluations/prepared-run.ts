import type { AgentDefinition, AgentSummary } from '@/lib/agents/model'
import { archived } from '@/lib/agents/rows'
import { agentToRun } from '@/lib/agents/run-definition'
import type { Context } from '@/lib/context'
import {
  casesForRun,
  type DatasetCaseForRun,
  type DatasetForRun,
} from '@/lib/datasets/cases-for-run'
import { isDomainError } from '@/lib/errors'
import { selectAgentSet } from '@/lib/evaluation-metrics/agent-rows'
import type { JudgeModel } from '@/lib/evaluation-metrics/judge'
import { selectAllMetrics } from '@/lib/evaluation-metrics/rows'
import type { JudgedMetric } from '@/lib/evaluations/model'
import {
  emptyDataset,
  noSuchDataset,
  noSuchRevision,
  nothingToJudge,
  type UnfitCase,
  unfitCases,
} from '@/lib/evaluations/refusals'
import type { EvaluateAgentInput } from '@/lib/evaluations/schema'
import type { ExecutionRuntime } from '@/lib/execution/execution-runtime'
import { requireBudget } from '@/lib/execution/require-budget'
import type { RunOrder } from '@/lib/execution/run-deployed-agent'
import { runInputOf } from '@/lib/execution/run-input'

/** All that a run is about, as it stands at this moment. */
export interface PreparedRun {
  agent: AgentSummary
  dataset: DatasetForRun
  candidateRevision: number
  baselineRevision: number | null
  /** Deprecated ones left out. */
  metrics: JudgedMetric[]
  judge: JudgeModel | null
}

/**
 * Reads what a run is about, and asks everything that could refuse it, before anything is written. Callers have
 * authorized.
 * @throws DomainError conflict `agent_archived` | `no_judged_metric` | invalid at /candidateRevision,
 *   /baselineRevision, /datasetId (`dataset_empty` | `case_does_not_fit`) | unavailable `provider_not_configured` |
 *   over-budget `budget_exhausted`
 */
export async function preparedRun(
  ctx: Context,
  execution: ExecutionRuntime,
  agent: AgentSummary,
  input: EvaluateAgentInput,
): Promise<PreparedRun> {
  if (agent.archivedAt !== null) throw archived()
  const { candidateRevision, baselineRevision } = revisionsOf(agent, input)
  const [metrics, dataset] = await Promise.all([
    frozenMetrics(ctx, agent),
    casesForRun(ctx.db.pool, ctx.organization.id, input.datasetId),
  ])
  if (!dataset) throw noSuchDataset()
  if (dataset.cases.length === 0) throw emptyDataset(dataset.name)
  const revisions = [candidateRevision, ...(baselineRevision === null ? [] : [baselineRevision])]
  const definitions = await Promise.all(
    revisions.map((revision) => agentToRun(ctx, { agent: agent.id, revision })),
  )
  const unfit = definitions.flatMap((one) => unfitFor(one, dataset.cases))
  if (unfit.length > 0) throw unfitCases(unfit)
  const judge = input.judge ?? null
  const models = [...definitions.map(({ definition }) => definition), ...(judge ? [judge] : [])]
  for (const wanted of models) await execution.openModel(ctx, wanted)
  const familyId = ctx.principal.kind === 'token' ? ctx.principal.familyId : null
  await requireBudget(ctx, { familyId, agent: agent.id, origin: 'TEST' })
  return { agent, dataset, candidateRevision, baselineRevision, metrics, judge }
}

function revisionsOf(
  { latestRevision, deployedRevision }: AgentSummary,
  wish: EvaluateAgentInput,
): Pick<PreparedRun, 'candidateRevision' | 'baselineRevision'> {
  const candidateRevision = wish.candidateRevision ?? latestRevision
  if (candidateRevision < 1 || candidateRevision > latestRevision) {
    throw noSuchRevision('/candidateRevision', candidateRevision, latestRevision)
  }
  const deployed = deployedRevision === candidateRevision ? null : deployedRevision
  const baselineRevision = wish.baselineRevision === undefined ? deployed : wish.baselineRevision
  if (baselineRevision !== null && baselineRevision > latestRevision) {
    throw noSuchRevision('/baselineRevision', baselineRevision, latestRevision)
  }
  return { candidateRevision, baselineRevision }
}

async function frozenMetrics(
  { db, organization }: Context,
  agent: AgentSummary,
): Promise<JudgedMetric[]> {
  const [set, all] = await Promise.all([
    selectAgentSet(db.pool, organization.id, agent.id),
    selectAllMetrics(db.pool, organization.id),
  ])
  const byId = new Map(all.map((metric) => [metric.id, metric]))
  const metrics = set.metrics.flatMap(({ metricId, share, isDeprecated }) => {
    const metric = byId.get(metricId)
    if (!metric || isDeprecated) return []
    const { key, name, kind, version, passScore, levels, description } = metric
    return [{ metricId, key, name, kind, version, share, passScore, levels, description }]
  })
  if (!metrics.some(({ kind, share }) => kind === 'JUDGED' && share > 0)) {
    throw nothingToJudge(agent.displayName)
  }
  return metrics
}

function unfitFor(
  { definition, revision }: { definition: AgentDefinition; revision: number },
  cases: readonly DatasetCaseForRun[],
): UnfitCase[] {
  return cases.flatMap(({ position, name, ...texts }) => {
    try {
      runInputOf(definition, caseInput(texts))
      return []
    } catch (error) {
      if (!isDomainError(error) || error.kind !== 'invalid') throw error
      const detail = error.errors
        .map(({ pointer, detail: said }) =>
          [pointer.split('/')[2], said].filter(Boolean).join(': '),
        )
        .join(' ')
      return [{ position, name, revision, detail }]
    }
  })
}

/** What a run of the agent is given for a case. */
export function caseInput({
  input,
  parameters,
}: Pick<DatasetCaseForRun, 'input' | 'parameters'>): Pick<RunOrder, 'input' | 'parameters'> {
  return parameters === null ? { input } : { parameters }
}
