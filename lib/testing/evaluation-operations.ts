import type { Context } from '@/lib/context'
import { isDomainError } from '@/lib/errors'
import { cancelEvaluation, evaluateAgent } from '@/lib/evaluations/commands'
import { getEvaluation, listEvaluations } from '@/lib/evaluations/queries'
import { listEvaluationResults } from '@/lib/evaluations/results'
import { quietExecution } from '@/lib/execution/execution-fixture'
import { newId } from '@/lib/ids'
import type { Operation, Target } from '@/lib/testing/operation'

const datasetId = newId()

/** The agent of the table is scored by nothing: who may evaluate it learns that, and nobody else. */
const untilTheMetrics = async (run: Promise<unknown>) => {
  try {
    await run
  } catch (error) {
    if (isDomainError(error) && error.code === 'no_judged_metric') return 'allowed'
    throw error
  }
  throw new Error('It was evaluated by nothing.')
}

const onEnded = (
  run: (ctx: Context, on: Pick<Target, 'agent' | 'evaluation'>) => Promise<unknown>,
): Operation => ({
  on: 'agent',
  isRead: true,
  run: (ctx, { agent, evaluation }) => run(ctx, { agent, evaluation }),
})

/** Runs of evaluations. */
export const EVALUATION_OPERATIONS: Record<string, Operation> = {
  evaluateAgent: {
    on: 'agent',
    isRead: true,
    run: (ctx, { agent }) =>
      untilTheMetrics(evaluateAgent(ctx, quietExecution(), { agent, datasetId })),
  },
  listEvaluations: {
    on: 'agent',
    isRead: true,
    run: (ctx, { agent }) => listEvaluations(ctx, { agent }),
  },
  getEvaluation: onEnded(getEvaluation),
  listEvaluationResults: onEnded(listEvaluationResults),
  cancelEvaluation: onEnded(cancelEvaluation),
}
