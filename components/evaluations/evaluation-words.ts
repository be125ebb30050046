import type { Tone } from '@/components/ui/badge'
import type { EvaluationStatus, EvaluationSummary } from '@/lib/evaluations/model'

/** The words of evaluations. */

export const EVALUATION_STATUS_WORDS: Record<EvaluationStatus, { label: string; tone: Tone }> = {
  PENDING: { label: 'Waiting', tone: 'neutral' },
  IN_PROGRESS: { label: 'Running', tone: 'info' },
  COMPLETED: { label: 'Completed', tone: 'success' },
  FAILED: { label: 'Failed', tone: 'danger' },
  CANCELLED: { label: 'Cancelled', tone: 'warning' },
}

export function evaluationsHref(tenant: string, agent: string): string {
  return `/${tenant}/settings/agents/${agent}?tab=evaluations`
}

export function evaluationHref(tenant: string, agent: string, id: string): string {
  return `/${tenant}/settings/agents/${agent}/evaluations/${id}`
}

/** "Revision 3 against revision 2". */
export function revisionsWords({
  candidateRevision,
  baselineRevision,
}: Pick<EvaluationSummary, 'candidateRevision' | 'baselineRevision'>): string {
  return baselineRevision === null
    ? `Revision ${candidateRevision}`
    : `Revision ${candidateRevision} against revision ${baselineRevision}`
}

/** A score of 0 to 100 with one decimal. */
export function scoreWords(score: number | null): string {
  return score === null ? '–' : score.toFixed(1)
}

export type Direction = 'better' | 'worse' | 'same'

/** What rounds to nothing is nothing. */
export function directionOf(change: number): Direction {
  const rounded = Math.round(change * 10)
  if (rounded === 0) return 'same'
  return rounded > 0 ? 'better' : 'worse'
}

/** "+5.7", "−1.2" or "0.0". */
export function changeWords(change: number): string {
  const direction = directionOf(change)
  if (direction === 'same') return '0.0'
  return `${direction === 'better' ? '+' : '−'}${Math.abs(change).toFixed(1)}`
}

export function judgeWords(judge: EvaluationSummary['judge']): string {
  return judge === null ? 'the local judge' : `${judge.provider} / ${judge.model}`
}

/** Who may do what, and where. */
export interface EvaluationSetting {
  tenant: string
  seesAccounts: boolean
  /** Starts and cancels. */
  mayEvaluate: boolean
  now: number
}
