import type { MetricDefinition } from '@/lib/evaluation-metrics/model'

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

export interface Verdict {
  /** Of one of the levels. */
  score: number
  reason: string
  signals: readonly JudgeSignal[]
}

/** Whoever scores: the port that a model is plugged into. */
export interface Judge {
  id: string
  /** People are told who has judged. */
  label: string
  /** The same request always gets the same verdict. */
  isDeterministic: boolean
  judge(request: JudgeRequest): Promise<Verdict>
}
