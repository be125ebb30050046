import { authorize } from '@/lib/access/authorize'
import { requireAgentRole } from '@/lib/agents/access'
import { makerOf } from '@/lib/agents/maker'
import { visibleAgent } from '@/lib/agents/rows'
import type { Context } from '@/lib/context'
import type { ExecutionRuntime } from '@/lib/execution/execution-runtime'
import { type FinishedRun, runDeployedAgent } from '@/lib/execution/run-deployed-agent'
import type { ExecuteAgentInput, TestAgentInput } from '@/lib/execution/schema'

interface OnAgent {
  agent: string
  /** Ends the run when the caller has left. */
  signal?: AbortSignal
}

/**
 * Runs what is deployed, in production: for tokens with agents:execute, whose owner is an editor of the agent.
 * @throws DomainError forbidden, and what `runDeployedAgent` throws
 */
export async function executeAgent(
  ctx: Context,
  runtime: ExecutionRuntime,
  order: ExecuteAgentInput & OnAgent,
): Promise<FinishedRun> {
  authorize(ctx.principal, 'agents:execute')
  requireAgentRole(await visibleAgent(ctx, order.agent), 'EDITOR')
  return runDeployedAgent(ctx, runtime, {
    ...order,
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
