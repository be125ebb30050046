import { authorize } from '@/lib/access/authorize'
import { requireAgentRole } from '@/lib/agents/access'
import { makerOf } from '@/lib/agents/maker'
import { visibleAgent } from '@/lib/agents/rows'
import type { Context } from '@/lib/context'
import type { ExecutionRuntime } from '@/lib/execution/execution-runtime'
import { type RepeatedRun, repeatedRun, runStands } from '@/lib/execution/repeated-run'
import { type FinishedRun, runDeployedAgent } from '@/lib/execution/run-deployed-agent'
import type { ExecuteAgentInput, TestAgentInput } from '@/lib/execution/schema'
import { idempotencyInFlight, madeForKey, onceForKey } from '@/lib/idempotency'

interface OnAgent {
  agent: string
  /** Ends the run when the caller has left. */
  signal?: AbortSignal
}

/**
 * Runs what is deployed, in production: for tokens with agents:execute, whose owner is an editor of the agent. Under an
 * Idempotency-Key it runs once in 24 hours; a run that failed may be run again.
 * @throws DomainError forbidden | conflict `idempotency_in_flight` | idempotency-mismatch, and what `runDeployedAgent`
 *   throws
 */
export async function executeAgent(
  ctx: Context,
  runtime: ExecutionRuntime,
  {
    idempotencyKey: key,
    signal,
    ...wish
  }: ExecuteAgentInput & OnAgent & { idempotencyKey?: string | undefined },
): Promise<FinishedRun | RepeatedRun> {
  authorize(ctx.principal, 'agents:execute')
  const agent = await visibleAgent(ctx, wish.agent)
  requireAgentRole(agent, 'EDITOR')
  const input = { ...wish, agent: agent.uid }
  const operation = { name: 'executeAgent', key, input, stands: runStands(ctx.organization.id) }
  const earlier = await madeForKey(ctx, operation)
  if (earlier !== null) return repeatedRun(ctx.db.pool, ctx.organization.id, earlier)
  return runDeployedAgent(ctx, runtime, {
    ...wish,
    ...(signal && { signal }),
    ...(key !== undefined && {
      once: async (begin, runId) => {
        const outcome = await onceForKey(ctx, operation, begin, () => runId)
        if ('made' in outcome) return outcome.made
        throw idempotencyInFlight()
      },
    }),
    starter: makerOf(ctx.principal),
    origin: 'PRODUCTION',
  })
}

/**
 * Runs the deployed revision or any other, as a test: it counts as usage of origin TEST. Needs agents:test, and of
 * people the role Editor.
 * @throws DomainError forbidden, and what `runDeployedAgent` throws
 */
export async function testAgent(
  ctx: Context,
  runtime: ExecutionRuntime,
  order: TestAgentInput & OnAgent,
): Promise<FinishedRun> {
  authorize(ctx.principal, 'agents:test')
  requireAgentRole(await visibleAgent(ctx, order.agent), 'EDITOR')
  return runDeployedAgent(ctx, runtime, {
    ...order,
    starter: makerOf(ctx.principal),
    origin: 'TEST',
  })
}
