import { z } from '@hono/zod-openapi'
import { AGENT_ITEM } from '@/app/v1/_api/agent-resource'
import {
  EXECUTION_COLLECTION,
  EXECUTION_ITEM,
  executionSchema,
  executionToWire,
  runResultSchema,
  runResultToWire,
} from '@/app/v1/_api/execution-resource'
import { idempotency } from '@/app/v1/_api/idempotency-key'
import { operation } from '@/app/v1/_api/operation'
import { PAGING_PARAMETERS } from '@/app/v1/_api/paging-parameters'
import { choice, freeText, pageRequest } from '@/app/v1/_api/query'
import { json } from '@/app/v1/_api/reply'
import { pageOf } from '@/app/v1/_api/wire-schema'
import { executeAgent, testAgent } from '@/lib/execution/commands'
import { EXECUTION_STATUSES } from '@/lib/execution/model'
import { getExecution, listExecutions } from '@/lib/execution/queries'
import { executeAgentSchema, testAgentSchema } from '@/lib/execution/schema'
import { COUNTED_TO } from '@/lib/paging'
import { runtime } from '@/lib/runtime'
import { ORIGINS } from '@/lib/usage/origin'

const TAG = 'Executions'
/** Texts to work on are longer than most bodies. */
const INPUT_MAX_BYTES = 1024 * 1024

const INPUT_WORDS =
  'The input is an object of the parameters that the revision declares, under the name input or parameters, or a text under input. It takes the places {{name}} of the instructions, and comes to the model as a message of its own. sessionId groups runs; what was said in one is not told to the next. Neither input nor answer is kept.'

export const EXECUTION_OPERATIONS = [
  operation({
    id: 'executeAgent',
    tag: TAG,
    method: 'post',
    path: `${AGENT_ITEM}:execute`,
    summary: 'Run an agent',
    description: `Runs the deployed revision and waits for the answer. ${INPUT_WORDS} Who owns the token must be an editor of the agent. Budgets that are enforced are asked before; a caller that leaves ends the run. With an Idempotency-Key it runs once: sent again, it is answered with the run and without its response; what failed runs again.`,
    scope: 'agents:execute',
    idempotent: true,
    conflicts: true,
    runsModels: true,
    body: { schema: executeAgentSchema, required: false, maxBytes: INPUT_MAX_BYTES },
    success: { status: 200, description: 'The answer.', schema: runResultSchema },
    run: async (call) => {
      const { signal } = call
      const order = { agent: call.text('agent'), signal, ...call.body, ...idempotency(call) }
      return json(runResultToWire(await executeAgent(call.ctx, runtime().execution, order), call))
    },
  }),
  operation({
    id: 'testAgent',
    tag: TAG,
    method: 'post',
    path: `${AGENT_ITEM}:test`,
    summary: 'Try a revision',
    description: `Runs any revision, or the deployed one where none is named, and counts as a test. ${INPUT_WORDS}`,
    scope: 'agents:test',
    conflicts: true,
    runsModels: true,
    body: { schema: testAgentSchema, required: false, maxBytes: INPUT_MAX_BYTES },
    success: { status: 200, description: 'The answer.', schema: runResultSchema },
    run: async (call) => {
      const { signal } = call
      const order = { agent: call.text('agent'), signal, ...call.body }
      return json(runResultToWire(await testAgent(call.ctx, runtime().execution, order), call))
    },
  }),
  operation({
    id: 'listExecutions',
    tag: TAG,
    method: 'get',
    path: EXECUTION_COLLECTION,
    summary: 'List executions',
    description:
      'Newest first, of the agents that the token sees. A run is there from its beginning on, as RUNNING.',
    scope: 'executions:read',
    query: [
      { name: 'agent', description: 'Of this agent only.', schema: z.string().max(200) },
      { name: 'sessionId', description: 'Of this session only.', schema: z.string().max(200) },
      { name: 'status', description: 'In this state only.', schema: z.enum(EXECUTION_STATUSES) },
      { name: 'origin', description: 'Of this origin only.', schema: z.enum(ORIGINS) },
      ...PAGING_PARAMETERS,
    ],
    success: {
      status: 200,
      description: 'One page of executions.',
      schema: pageOf(executionSchema, 'ExecutionPage', { countedTo: COUNTED_TO }),
    },
    run: async (call) => {
      const page = await listExecutions(call.ctx, {
        agent: freeText(call.query, 'agent') || undefined,
        session: freeText(call.query, 'sessionId') || undefined,
        status: choice(call.query, 'status', EXECUTION_STATUSES),
        origin: choice(call.query, 'origin', ORIGINS),
        ...pageRequest(call.query),
      })
      return json({ ...page, items: page.items.map(executionToWire) })
    },
  }),
  operation({
    id: 'getExecution',
    tag: TAG,
    method: 'get',
    path: EXECUTION_ITEM,
    summary: 'Get one execution',
    scope: 'executions:read',
    success: { status: 200, description: 'The execution.', schema: executionSchema },
    run: async (call) =>
      json(executionToWire(await getExecution(call.ctx, { execution: call.id('execution') }))),
  }),
]
