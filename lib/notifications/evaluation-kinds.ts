import { type KindDefinition, pagePath } from '@/lib/notifications/kind'

export interface EvaluationFacts {
  'evaluation-ended': {
    evaluationId: string
    agentId: string
    datasetName: string
    /** Of 100; null where nothing was scored. */
    candidateScore: number | null
    baselineScore: number | null
    /** Why it failed, in words; null where it did not. */
    failure: string | null
  }
}

export const EVALUATION_KINDS: {
  [Kind in keyof EvaluationFacts]: KindDefinition<EvaluationFacts[Kind]>
} = {
  'evaluation-ended': {
    label: 'Evaluation ended',
    description:
      'When an evaluation that you started has failed, or is done after more than a minute.',
    group: 'Agents',
    inApp: true,
    email: 'OFF',
    locked: null,
    words: ({ evaluationId, agentId, datasetName, failure, ...scores }, place) => ({
      title:
        failure === null
          ? `The evaluation of ${agentId} is done`
          : `The evaluation of ${agentId} failed`,
      body: `${failure ?? resultWords(scores)} The dataset is ${datasetName}.`,
      action: {
        label: 'Open the results',
        path: pagePath(place, `settings/agents/${agentId}/evaluations/${evaluationId}`),
      },
    }),
  },
}

function resultWords({
  candidateScore,
  baselineScore,
}: Pick<EvaluationFacts['evaluation-ended'], 'candidateScore' | 'baselineScore'>): string {
  if (candidateScore === null) return 'No case could be compared.'
  const candidate = `The candidate scored ${pointsOf(candidateScore)} of 100`
  return baselineScore === null
    ? `${candidate}.`
    : `${candidate}, the baseline ${pointsOf(baselineScore)}.`
}

function pointsOf(score: number): string {
  return score.toFixed(1)
}
