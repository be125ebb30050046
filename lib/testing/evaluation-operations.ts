import type { Context } from '@/lib/context'
import { isDomainError } from '@/lib/errors'
import { cancelEvaluation, evaluateAgent } from '@/lib/evaluations/commands'
import { getEvaluation, listEvaluations } from '@/lib/evaluations/queries'
import { listEvaluationResults } from '@/lib/evaluations/results'
import { quietExecution } from '@/lib/execution/execution-fixture'
import { newId } from '@/lib/ids'
import type { Operation } from '@/lib/testing/operation'

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

/** A run of the agent that has ended, made past everybody's rights. */
async function endedRun({ db, organization }: Context, agent: string): Promise<string> {
  const id = newId()
  await db.pool.query(
    `WITH run AS (
       INSERT INTO evaluation.run (organization_id, id, agent_uid, agent_id, dataset_id, dataset_name,
         dataset_version, candidate_revision, metrics, case_count, maker_kind, maker_id, maker_label, request_id,
         status, created_at, finished_at)
       SELECT organization_id, $3, uid, id, $3, 'Tried', 1, 1, '[]', 1, 'PERSON', $3, 'Nobody', 'none',
         'COMPLETED', now(), now() FROM agents.agent WHERE organization_id = $1 AND id = $2
     )
     INSERT INTO evaluation.run_item (organization_id, run_id, position, side, case_id, state, next_attempt_at)
     SELECT $1, $3, 1, 'CANDIDATE', $3, 'SKIPPED', now()`,
    [organization.id, agent, id],
  )
  return id
}

const onEnded = (
  run: (ctx: Context, on: { agent: string; evaluation: string }) => Promise<unknown>,
): Operation => ({
  on: 'agent',
  isRead: true,
  run: async (ctx, { agent }) => run(ctx, { agent, evaluation: await endedRun(ctx, agent) }),
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
