import { authorizeOnItem } from '@/lib/access/authorize'
import { requireAgentRole } from '@/lib/agents/access'
import { agentTarget, visibleAgent } from '@/lib/agents/rows'
import { appendAudit } from '@/lib/audit/append'
import type { Context } from '@/lib/context'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import { endRun } from '@/lib/evaluations/end-run'
import { type Evaluation, isUnderWay } from '@/lib/evaluations/model'
import { preparedRun } from '@/lib/evaluations/prepared-run'
import { type OnEvaluation, requireEvaluation } from '@/lib/evaluations/queries'
import { insertRun, requirePlace } from '@/lib/evaluations/run-rows'
import type { EvaluateAgentInput } from '@/lib/evaluations/schema'
import { signalEvaluations } from '@/lib/evaluations/signal'
import type { ExecutionRuntime } from '@/lib/execution/execution-runtime'
import { madeForKey, onceForKey } from '@/lib/idempotency'

/** Evaluating spends as a test of the agent does, and shows what the dataset holds. */
function authorizeEvaluating({ principal }: Context): void {
  authorizeOnItem(principal, 'datasets:read', 'agents:test')
}

/**
 * Starts a run of an evaluation; workers take it from there. It stands on what is true at this moment: copies of the
 * cases, both revisions, the versions of the metrics. The same key starts one run.
 * @throws DomainError not-found | forbidden | throttled `too_many_evaluations` | conflict `dataset_changed` | what `preparedRun` and `onceForKey`
 *   throw
 */
export async function evaluateAgent(
  ctx: Context,
  execution: ExecutionRuntime,
  {
    agent,
    idempotencyKey,
    ...input
  }: EvaluateAgentInput & { agent: string; idempotencyKey?: string | undefined },
): Promise<Evaluation> {
  authorizeEvaluating(ctx)
  const found = await visibleAgent(ctx, agent)
  requireAgentRole(found, 'EDITOR')
  const operation = {
    name: 'evaluateAgent',
    key: idempotencyKey,
    input: { agent: found.uid, ...input },
  }
  const earlier = await madeForKey(ctx, operation)
  if (earlier !== null) return requireEvaluation(ctx, found, earlier)
  const prepared = await preparedRun(ctx, execution, found, input)
  const outcome = await onceForKey(
    ctx,
    operation,
    async (client) => {
      await requirePlace(client, ctx.organization.id)
      const id = await insertRun(client, ctx, prepared)
      await signalEvaluations(client)
      const { dataset, candidateRevision, baselineRevision, judge } = prepared
      await appendAudit(client, ctx, {
        eventType: 'EVALUATION_STARTED',
        target: agentTarget(found),
        details: {
          agent: found.id,
          evaluation: id,
          dataset: dataset.name,
          cases: dataset.cases.length,
          candidateRevision,
          baselineRevision,
          judge: judge ? `${judge.provider}/${judge.model}` : 'local',
        },
      })
      return id
    },
    (id) => id,
  )
  return requireEvaluation(ctx, found, 'made' in outcome ? outcome.made : outcome.replayedId)
}

/**
 * Cancels a run: what waits is not begun, what is under way is broken off, what was scored is kept. One that has ended
 * stays as it is.
 * @throws DomainError not-found | forbidden
 */
export async function cancelEvaluation(
  ctx: Context,
  { agent, evaluation }: OnEvaluation,
): Promise<Evaluation> {
  authorizeEvaluating(ctx)
  const found = await visibleAgent(ctx, agent)
  const run = await requireEvaluation(ctx, found, evaluation)
  requireAgentRole(found, 'EDITOR')
  if (!isUnderWay(run.status)) return run
  await sqlTransaction(ctx.db.pool, async (client) => {
    const key = { organizationId: ctx.organization.id, runId: evaluation }
    const ending = { status: 'CANCELLED', errorCode: null } as const
    if (!(await endRun(client, ctx.crypto, key, ending))) return
    await appendAudit(client, ctx, {
      eventType: 'EVALUATION_CANCELLED',
      target: agentTarget(found),
      details: { agent: found.id, evaluation, dataset: run.datasetName },
    })
  })
  return requireEvaluation(ctx, found, evaluation)
}
