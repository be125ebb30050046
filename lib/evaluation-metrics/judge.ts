import type { MetricDefinition } from '@/lib/evaluation-metrics/model'
import type { RunTokens } from '@/lib/execution/model'
import type { CallCost } from '@/lib/model-pricing/rates'

/** What a judge is shown. */
export interface JudgeRequest {
  metric: Pick<MetricDefinition, 'name' | 'description' | 'levels'>
  /** What the agent was asked. */
  input: string
  /** What it answered. */
  output: string
  /** What a good answer says; null where there is none. */
  reference: string | null
}

/** One reading that led to the score, from 0 to 1. */
export interface JudgeSignal {
  label: string
  value: number
}

/** What a verdict used, as usage counts it. */
export interface Spent {
  tokens: RunTokens
  /** Nano-USD; null where no price is known. */
  cost: CallCost | null
}

export interface Verdict {
  /** Of one of the levels. */
  score: number
  reason: string
  signals: readonly JudgeSignal[]
  /** Null where no model was asked. */
  spent: Spent | null
}

/** The model that is asked to judge. */
export interface JudgeModel {
  /** As definitions and prices name it. */
  provider: string
  model: string
}

/** Whoever scores: the port that a model is plugged into. */
export interface Judge {
  id: string
  /** People are told who has judged. */
  label: string
  /** The same request always gets the same verdict. */
  isDeterministic: boolean
  /** Null where none is asked. */
  model: JudgeModel | null
  judge(request: JudgeRequest): Promise<Verdict>
}
