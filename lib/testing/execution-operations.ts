import { executeAgent, testAgent } from '@/lib/execution/commands'
import { quietExecution } from '@/lib/execution/execution-fixture'
import { getExecution, listExecutions } from '@/lib/execution/queries'
import { listRunnableAgents } from '@/lib/execution/runnable-agents'
import { newId } from '@/lib/ids'
import type { Operation } from '@/lib/testing/operation'

/** The agent of the table names a provider that nobody set up: who may run it learns that, and nobody else. */
const untilTheProvider = async (run: Promise<unknown>) => {
  try {
    await run
  } catch (error) {
    if ((error as { code?: unknown }).code === 'provider_not_configured') return 'allowed'
    throw error
  }
  throw new Error('It ran without a provider.')
}

/** Runs of agents. */
export const EXECUTION_OPERATIONS: Record<string, Operation> = {
  listRunnableAgents: { on: 'organization', isRead: true, run: (ctx) => listRunnableAgents(ctx) },
  executeAgent: {
    on: 'agent',
    isRead: true,
    run: (ctx, { agent }) => untilTheProvider(executeAgent(ctx, quietExecution(), { agent })),
  },
  testAgent: {
    on: 'agent',
    isRead: true,
    run: (ctx, { agent }) => untilTheProvider(testAgent(ctx, quietExecution(), { agent })),
  },
  listExecutions: {
    on: 'agent',
    isRead: true,
    run: (ctx, { agent }) => listExecutions(ctx, { agent }),
  },
  getExecution: {
    on: 'organization',
    isRead: true,
    run: (ctx) => getExecution(ctx, { execution: newId() }),
  },
}
