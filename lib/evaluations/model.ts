import type { Maker } from '@/lib/agents/model'
import type { CaseText } from '@/lib/datasets/model'
import type { JudgeModel } from '@/lib/evaluation-metrics/judge'
import type { Level, MetricKind } from '@/lib/evaluation-metrics/model'
import type { Comparison } from '@/lib/evaluations/score'
import { FAILURE_WORDS } from '@/lib/execution/model'

/** What a run of an evaluation is; isomorphic. Times are epoch ms, money is nano-USD. */

export const EVALUATION_STATUSES = [
  'PENDING',
  'IN_PROGRESS',
  'COMPLETED',
  'FAILED',
  'CANCELLED',
] as const
export type EvaluationStatus = (typeof EVALUATION_STATUSES)[number]

export function isUnderWay(status: EvaluationStatus): boolean {
  return status === 'PENDING' || status === 'IN_PROGRESS'
}

/** The candidate is what is asked about, the baseline what it is compared with. */
export const SIDES = ['CANDIDATE', 'BASELINE'] as const
export type Side = (typeof SIDES)[number]

/** A metric as it was when the run was started: neither a new version nor other weights change what a run says. */
export interface FrozenMetric {
  metricId: string
  key: string
  name: string
  kind: MetricKind
  version: number
  /** Percent of the agent's set at that moment. */
  share: number
  /** Null for what is measured. */
  passScore: number | null
  /** From the lowest score to the highest; none for what is measured. */
  levels: readonly Level[]
}

/** The same with what the judge reads. */
export interface JudgedMetric extends FrozenMetric {
  description: string
}

/** Cases on a side, by how far they are. */
export interface EvaluationProgress {
  /** Of both sides together. */
  total: number
  done: number
  failed: number
}

export interface EvaluationSummary {
  id: string
  agentId: string
  /** Null once it was deleted. */
  datasetId: string | null
  datasetName: string
  datasetVersion: number
  candidateRevision: number
  baselineRevision: number | null
  /** Null: the local judge, which asks no model. */
  judge: JudgeModel | null
  status: EvaluationStatus
  /** Why it failed; see `failureWords`. */
  errorCode: string | null
  caseCount: number
  progress: EvaluationProgress
  /** 0 to 100, once it has ended; null where nothing was scored. */
  candidateScore: number | null
  baselineScore: number | null
  createdAt: number
  startedAt: number | null
  finishedAt: number | null
  startedBy: Maker
}

export interface JudgingCost {
  /** Of what has a price. */
  totalCost: bigint
  /** Scores and failures of judging without one: they are not in the total. */
  unpriced: number
}

export interface Evaluation extends EvaluationSummary {
  /** The heaviest first. */
  metrics: FrozenMetric[]
  /** Of what is scored by now. */
  comparison: Comparison
  /** What judging has cost by now, beside the runs themselves. */
  judging: JudgingCost
  /** False once all its texts were removed: by age, or with the dataset. Those of a case go with that case. */
  hasTexts: boolean
}

export interface CaseScore {
  metricId: string
  /** Null where the judge gave none. */
  score: number | null
  /** The name of the level that the score is. */
  levelLabel: string | null
  passed: boolean | null
  /** Null where its text is not kept any more. */
  reason: string | null
  /** Why there is no score; see `failureWords`. */
  errorCode: string | null
}

/** Where a case has got to on a side. SKIPPED: the run ended before it. */
export const ITEM_STATES = ['WAITING', 'DONE', 'FAILED', 'SKIPPED'] as const
export type ItemState = (typeof ITEM_STATES)[number]

export interface CaseSide {
  state: ItemState
  errorCode: string | null
  /** The run of the agent, as executions have it; of a case that failed null. */
  executionId: string | null
  answer: string | null
  durationMs: number | null
  /** Of the run; null where no price is known. */
  cost: bigint | null
  /** In the order of the run's metrics, of judged ones alone. */
  scores: CaseScore[]
  /** By the shares of the metrics that were scored; 0 to 100. */
  overall: number | null
}

export interface CaseResult {
  /** From 1. */
  position: number
  /** The case of the dataset. */
  caseId: string
  /** Null where it has none, as all its texts are once they are not kept any more. */
  name: string | null
  input: string | null
  parameters: CaseText['parameters']
  expected: string | null
  candidate: CaseSide
  baseline: CaseSide | null
  /** Candidate minus baseline by the metrics that both were scored by; null where there are none. */
  change: number | null
}

export const RESULT_ORDERS = ['CHANGE', 'POSITION'] as const
/** CHANGE: what got worst first, and before it what the candidate has failed at. */
export type ResultOrder = (typeof RESULT_ORDERS)[number]

/** Why a run failed as a whole, in a sentence for people. */
const EVALUATION_FAILURE_WORDS: Readonly<Record<string, string>> = {
  budget_exhausted: 'This month’s budget was spent before all cases were scored.',
  agent_archived: 'The agent was archived while it was evaluated.',
  dataset_deleted: 'The dataset was deleted while the agent was evaluated.',
  nothing_scored: 'No case could be scored.',
  starter_gone: 'Who started it has left, or the token that did has ended.',
}

const CASE_FAILURE_WORDS: Readonly<Record<string, string>> = {
  case_deleted: 'The case was deleted while the agent was evaluated.',
  provider_not_configured: 'The provider is not set up in this organization any more.',
  provider_key_unreadable: 'The key of the provider cannot be read.',
  verdict_unreadable: 'The model was asked twice and gave no score of the scale.',
  too_many_runs: 'The organization had too many runs under way, time and again.',
  interrupted: 'The process that worked on it ended, time and again.',
}

/** Why a run, a case or a score failed. */
export function failureWords(code: string): string {
  return (
    EVALUATION_FAILURE_WORDS[code] ??
    CASE_FAILURE_WORDS[code] ??
    FAILURE_WORDS[code] ??
    'It could not be worked on.'
  )
}
