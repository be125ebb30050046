'use server'

import { z } from 'zod'
import { action } from '@/app/_session/action-result'
import { agentIdSchema } from '@/lib/agents/schema'
import { cancelEvaluation, evaluateAgent } from '@/lib/evaluations/commands'
import { RESULT_ORDERS } from '@/lib/evaluations/model'
import { listEvaluations } from '@/lib/evaluations/queries'
import { listEvaluationResults } from '@/lib/evaluations/results'
import { evaluateAgentSchema } from '@/lib/evaluations/schema'
import { runtime } from '@/lib/runtime'

const onAgent = z.strictObject({ agent: agentIdSchema })
const onRun = onAgent.extend({ evaluation: z.uuid() })
const pageToken = z.string().max(4096)

export const startEvaluation = action(onAgent.extend(evaluateAgentSchema.shape), (ctx, order) =>
  evaluateAgent(ctx, runtime().execution, order),
)

export const stopEvaluation = action(onRun, cancelEvaluation)

export const loadEvaluations = action(onAgent.extend({ pageToken }), (ctx, request) =>
  listEvaluations(ctx, request),
)

export const loadResults = action(
  onRun.extend({ pageToken, order: z.enum(RESULT_ORDERS) }),
  (ctx, request) => listEvaluationResults(ctx, { ...request, pageSize: RESULTS_PER_PAGE }),
)

/** With all their answers: few at a time. */
const RESULTS_PER_PAGE = 20
