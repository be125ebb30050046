import type { DashboardContext } from '@/app/_session/dashboard-context'
import type { EvaluationDraft, EvaluationOffer } from '@/components/evaluations/evaluate-draft'
import type { EvaluationSetting } from '@/components/evaluations/evaluation-words'
import { can, seesOrganizationInventory } from '@/lib/access/principal'
import { type AgentSummary, reaches } from '@/lib/agents/model'
import { listDatasets } from '@/lib/datasets/queries'
import { getAgentMetrics } from '@/lib/evaluation-metrics/agent-metrics'
import { listJudgeChoices } from '@/lib/evaluation-metrics/judge-choices'
import { listAllMetrics } from '@/lib/evaluation-metrics/queries'

/** Evaluations show what datasets hold: who reads none sees nothing of them. */
export function seesEvaluations({ principal }: DashboardContext): boolean {
  return can(principal, 'datasets:read')
}

export function evaluationSetting(ctx: DashboardContext, agent: AgentSummary): EvaluationSetting {
  const { organization, principal, now } = ctx
  return {
    tenant: organization.slug,
    seesAccounts: seesOrganizationInventory(principal),
    mayEvaluate:
      can(principal, 'agents:test') &&
      reaches(agent.yourRole, 'EDITOR') &&
      agent.archivedAt === null,
    now,
  }
}

/** What an evaluation of the agent can be made of. @param earlier what one was made of, to do it again */
export async function evaluationOffer(
  ctx: DashboardContext,
  agent: AgentSummary,
  earlier: EvaluationDraft | null,
): Promise<EvaluationOffer> {
  const may = (scope: 'llm_providers:read' | 'llm_providers:write') => can(ctx.principal, scope)
  const mayPay = may('llm_providers:read') && can(ctx.principal, 'agents:test')
  const [datasets, set, metrics, judges] = await Promise.all([
    listDatasets(ctx),
    getAgentMetrics(ctx, { agent: agent.id }),
    listAllMetrics(ctx),
    mayPay ? listJudgeChoices(ctx) : [],
  ])
  const judged = new Set(metrics.filter(({ kind }) => kind === 'JUDGED').map(({ id }) => id))
  return {
    agentId: agent.id,
    latestRevision: agent.latestRevision,
    deployedRevision: agent.deployedRevision,
    datasets: datasets
      .filter(({ caseCount }) => caseCount > 0)
      .map(({ id, name, caseCount }) => ({ id, name, caseCount })),
    // Those that count: a deprecated one has no share.
    judgedMetrics: set.metrics.filter(({ metricId, share }) => share > 0 && judged.has(metricId))
      .length,
    judges,
    providersHref:
      mayPay && may('llm_providers:write')
        ? `/${ctx.organization.slug}/settings/llm-providers`
        : null,
    earlier,
  }
}
