import { z } from '@hono/zod-openapi'
import { AGENT_ITEM } from '@/app/v1/_api/agent-resource'
import {
  caseResultSchema,
  caseResultToWire,
  EVALUATION_COLLECTION,
  EVALUATION_ITEM,
  evaluationSchema,
  evaluationSummarySchema,
  evaluationSummaryToWire,
  evaluationToWire,
} from '@/app/v1/_api/evaluation-resource'
import { idempotency } from '@/app/v1/_api/idempotency-key'
import { type Call, operation } from '@/app/v1/_api/operation'
import { PAGING_PARAMETERS } from '@/app/v1/_api/paging-parameters'
import { choice, pageRequest } from '@/app/v1/_api/query'
import { json } from '@/app/v1/_api/reply'
import { pageOf } from '@/app/v1/_api/wire-schema'
import { cancelEvaluation, evaluateAgent } from '@/lib/evaluations/commands'
import { RESULT_ORDERS } from '@/lib/evaluations/model'
import { getEvaluation, listEvaluations } from '@/lib/evaluations/queries'
import { listEvaluationResults } from '@/lib/evaluations/results'
import { evaluateAgentSchema } from '@/lib/evaluations/schema'
import { runtime } from '@/lib/runtime'

const READS = { tag: 'Evaluations', scope: 'agents:read', readScope: 'datasets:read' } as const
const EVALUATES = { tag: 'Evaluations', scope: 'agents:test', readScope: 'datasets:read' } as const
const noFieldsSchema = z.strictObject({})

const named = (call: Call) => ({ agent: call.text('agent'), evaluation: call.id('evaluationRun') })

export const EVALUATION_OPERATIONS = [
  operation({
    ...EVALUATES,
    id: 'evaluateAgent',
    method: 'post',
    path: `${AGENT_ITEM}:evaluate`,
    summary: 'Evaluate an agent',
    description:
      'Runs every case of a dataset on a candidate revision and, where one is named or deployed, on a baseline, and has a judge score the answers by the metrics of the agent. It answers at once with the run, which workers then take up: read it until its status is COMPLETED, FAILED or CANCELLED. The run keeps what it stands on: copies of the cases, both revisions, versions and shares of the metrics. It counts as a test, in usage and budgets. Who owns the token must be an editor of the agent. 409 `no_judged_metric` where the agent has no metric that a judge scores, 400 where a case does not fit a revision, 429 where two runs are under way.',
    conflicts: true,
    runsModels: true,
    idempotent: true,
    body: { schema: evaluateAgentSchema, required: true },
    success: {
      status: 201,
      description: 'The run as it stands: workers begin at once.',
      schema: evaluationSchema,
    },
    run: async (call) => {
      const order = { agent: call.text('agent'), ...call.body, ...idempotency(call) }
      const started = await evaluateAgent(call.ctx, runtime().execution, order)
      const Location = `${call.path.replace(/:evaluate$/, '')}/evaluationRuns/${started.id}`
      return json(evaluationToWire(started), 201, { Location })
    },
  }),
  operation({
    ...READS,
    id: 'listEvaluationRuns',
    method: 'get',
    path: EVALUATION_COLLECTION,
    summary: 'List the evaluations of an agent',
    description: 'Newest first.',
    query: PAGING_PARAMETERS,
    success: {
      status: 200,
      description: 'One page of runs.',
      schema: pageOf(evaluationSummarySchema, 'EvaluationRunPage'),
    },
    run: async (call) => {
      const wish = { agent: call.text('agent'), ...pageRequest(call.query) }
      const page = await listEvaluations(call.ctx, wish)
      return json({ ...page, items: page.items.map(evaluationSummaryToWire) })
    },
  }),
  operation({
    ...READS,
    id: 'getEvaluationRun',
    method: 'get',
    path: EVALUATION_ITEM,
    summary: 'Get one evaluation',
    description:
      'With what it says by now. A score is 0 to 100 between the lowest and the highest level of a metric; the result is their mean by the shares of the metrics that a judge scores. Cases that have no score on a side are left out of it: `scored` of `total`.',
    success: { status: 200, description: 'The run.', schema: evaluationSchema },
    run: async (call) => json(evaluationToWire(await getEvaluation(call.ctx, named(call)))),
  }),
  operation({
    ...READS,
    id: 'listEvaluationResults',
    method: 'get',
    path: `${EVALUATION_ITEM}/results`,
    summary: 'List the cases of an evaluation',
    description:
      'What both sides answered, and how it was scored. What got worst comes first, and before it what the candidate has no score of; in the order of the dataset with order=POSITION. Texts are null once they were removed.',
    query: [
      {
        name: 'order',
        description: 'CHANGE where left out.',
        schema: z.enum(RESULT_ORDERS),
      },
      ...PAGING_PARAMETERS,
    ],
    success: {
      status: 200,
      description: 'One page of cases.',
      schema: pageOf(caseResultSchema, 'EvaluationCaseResultPage'),
    },
    run: async (call) => {
      const order = choice(call.query, 'order', RESULT_ORDERS)
      const wish = { ...named(call), order, ...pageRequest(call.query) }
      const page = await listEvaluationResults(call.ctx, wish)
      return json({ ...page, items: page.items.map(caseResultToWire) })
    },
  }),
  operation({
    ...EVALUATES,
    id: 'cancelEvaluationRun',
    method: 'post',
    path: `${EVALUATION_ITEM}:cancel`,
    summary: 'Cancel an evaluation',
    description:
      'What waits is not begun, what is under way is broken off, what was scored is kept. One that has ended stays as it is.',
    body: { schema: noFieldsSchema, required: false },
    success: { status: 200, description: 'The run now.', schema: evaluationSchema },
    run: async (call) => json(evaluationToWire(await cancelEvaluation(call.ctx, named(call)))),
  }),
]
