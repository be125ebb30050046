import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { dashboardContext } from '@/app/_session/dashboard-context'
import { CancelButton } from '@/components/evaluations/cancel-button'
import { CaseResults } from '@/components/evaluations/case-results'
import { EvaluateButton } from '@/components/evaluations/evaluate-button'
import { EvaluationHeader } from '@/components/evaluations/evaluation-header'
import { EvaluationProgress } from '@/components/evaluations/evaluation-progress'
import { revisionsWords } from '@/components/evaluations/evaluation-words'
import { Verdict } from '@/components/evaluations/verdict'
import type { AgentSummary } from '@/lib/agents/model'
import { getAgent } from '@/lib/agents/queries'
import { isDomainError } from '@/lib/errors'
import { type Evaluation, isUnderWay } from '@/lib/evaluations/model'
import { getEvaluation } from '@/lib/evaluations/queries'
import { listEvaluationResults } from '@/lib/evaluations/results'
import { isUuid } from '@/lib/ids'
import { evaluationOffer, evaluationSetting } from '../../_evaluation-offer'

type PageProps = {
  params: Promise<{ tenant: string; agent: string; run: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

/** With all their answers: few at a time. */
const RESULTS_PER_PAGE = 20

/** The run and its agent, or the page that a missing, foreign or unseen one gets. */
const runOf = cache(
  async (
    tenant: string,
    asked: string,
    evaluation: string,
  ): Promise<{ agent: AgentSummary; run: Evaluation }> => {
    const ctx = await dashboardContext(tenant)
    if (!isUuid(evaluation)) notFound()
    try {
      const agent = await getAgent(ctx, { agent: decodeURIComponent(asked) })
      return { agent, run: await getEvaluation(ctx, { agent: agent.id, evaluation }) }
    } catch (error) {
      if (isDomainError(error) && error.kind === 'not-found') notFound()
      throw error
    }
  },
)

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  const { tenant, agent: asked, run: id } = await params
  const { agent, run } = await runOf(tenant, asked, id)
  return { title: `${revisionsWords(run)} · ${agent.displayName} · Agents` }
}

export default async function EvaluationPage({ params, searchParams }: PageProps) {
  const { tenant, agent: asked, run: id } = await params
  const order = (await searchParams).order === 'POSITION' ? 'POSITION' : 'CHANGE'
  const ctx = await dashboardContext(tenant)
  const { agent, run } = await runOf(tenant, asked, id)
  const setting = evaluationSetting(ctx, agent)
  const on = { agent: agent.id, evaluation: run.id }
  const [firstPage, offer] = await Promise.all([
    listEvaluationResults(ctx, { ...on, order, pageSize: RESULTS_PER_PAGE }),
    setting.mayEvaluate && !isUnderWay(run.status)
      ? evaluationOffer(ctx, agent, {
          datasetId: run.datasetId ?? '',
          candidate: run.candidateRevision,
          baseline: run.baselineRevision,
          judge: run.judge,
        })
      : null,
  ])
  return (
    <>
      <EvaluationHeader
        run={run}
        agent={agent}
        setting={setting}
        actions={
          offer ? (
            <EvaluateButton tenant={tenant} offer={offer} again />
          ) : setting.mayEvaluate ? (
            <CancelButton tenant={tenant} run={run} />
          ) : null
        }
      />
      <EvaluationProgress run={run} />
      <Verdict run={run} />
      <CaseResults key={order} setting={setting} run={run} order={order} firstPage={firstPage} />
    </>
  )
}
