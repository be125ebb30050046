'use server'

import { z } from 'zod'
import { action } from '@/app/_session/action-result'
import { agentIdSchema } from '@/lib/agents/schema'
import { testAgent } from '@/lib/execution/commands'
import { listExecutions } from '@/lib/execution/queries'
import { runInputSchema } from '@/lib/execution/schema'
import { runtime } from '@/lib/runtime'
import { ORIGINS } from '@/lib/usage/origin'

const onAgent = z.strictObject({ agent: agentIdSchema })

/** Runs the deployed revision as a test. */
export const tryAgent = action(onAgent.extend({ input: runInputSchema }), (ctx, order) =>
  testAgent(ctx, runtime().execution, order),
)

export const loadRuns = action(
  onAgent.extend({ origin: z.enum(ORIGINS).optional(), pageToken: z.string().max(4096) }),
  (ctx, request) => listExecutions(ctx, request),
)
