import type { JudgeModel } from '@/lib/evaluation-metrics/judge'
import type { JudgeChoice } from '@/lib/evaluation-metrics/model'

/** What an evaluation can be made of, and what somebody chose of it. */

export interface OfferedDataset {
  id: string
  name: string
  caseCount: number
}

export interface EvaluationOffer {
  agentId: string
  latestRevision: number
  deployedRevision: number | null
  /** Those that have cases. */
  datasets: readonly OfferedDataset[]
  /** How many metrics of the agent a judge scores. */
  judgedMetrics: number
  judges: readonly JudgeChoice[]
  /** Where providers are set up; null for who may not do that. */
  providersHref: string | null
  /** What an earlier one was made of, to begin with. */
  earlier: EvaluationDraft | null
}

export interface EvaluationDraft {
  /** '' where there is none. */
  datasetId: string
  candidate: number
  baseline: number | null
  judge: JudgeModel | null
}

/** To begin with: the newest revision against the deployed one, where that is another, else against the one before. */
export function firstDraft(offer: EvaluationOffer): EvaluationDraft {
  const { earlier, datasets, latestRevision, deployedRevision } = offer
  const known = datasets.some(({ id }) => id === earlier?.datasetId)
  if (earlier) return { ...earlier, datasetId: known ? earlier.datasetId : (datasets[0]?.id ?? '') }
  const other = deployedRevision === latestRevision ? latestRevision - 1 : deployedRevision
  return {
    datasetId: datasets[0]?.id ?? '',
    candidate: latestRevision,
    baseline: other || null,
    judge: null,
  }
}

export interface CallCount {
  cases: number
  /** Of the agent, on both sides. */
  runs: number
  /** Of the judge. */
  judgements: number
}

/** How many calls it will come to. A judge that gives no score is asked once more, which is not in it. */
export function callsOf(
  { datasets, judgedMetrics }: EvaluationOffer,
  { datasetId, baseline }: EvaluationDraft,
): CallCount {
  const cases = datasets.find(({ id }) => id === datasetId)?.caseCount ?? 0
  const runs = cases * (baseline === null ? 1 : 2)
  return { cases, runs, judgements: runs * judgedMetrics }
}
