import { z } from '@hono/zod-openapi'
import {
  agentBudgetSchema,
  budgetToWire,
  ORIGIN_PARAMETER,
  originOf,
} from '@/app/v1/_api/budget-resource'
import { type Call, operation, TENANT_PREFIX } from '@/app/v1/_api/operation'
import { empty, json } from '@/app/v1/_api/reply'
import {
  deleteAgentBudget,
  getAgentBudget,
  listAgentBudgets,
  setAgentBudget,
} from '@/lib/budgets/agent-budget'
import type { Budget } from '@/lib/budgets/model'
import { agentNameSchema, putBudgetSchema, wishOf } from '@/lib/budgets/schema'
import { notFound } from '@/lib/errors'

const TAG = 'Agent budgets'
const PATH = `${TENANT_PREFIX}/agents/{agent}/budget`
const ADMINS = 'Needs a token of an admin or a service account.'

export const AGENT_BUDGET_OPERATIONS = [
  operation({
    id: 'getAgentBudget',
    tag: TAG,
    method: 'get',
    path: PATH,
    summary: 'Read the budget of an agent',
    description: 'Null where it has none; 404 for an agent that nothing was ever reported of.',
    query: [ORIGIN_PARAMETER],
    scope: 'agents:read',
    success: {
      status: 200,
      description: 'The budget, or null.',
      schema: agentBudgetSchema.nullable(),
    },
    run: async (call) => {
      const budget = await getAgentBudget(call.ctx, agentOf(call))
      return json(budget && toWire(budget))
    },
  }),
  operation({
    id: 'listAgentBudgets',
    tag: TAG,
    method: 'get',
    path: `${PATH}/all`,
    summary: 'Read the budgets of an agent',
    description: 'One for each origin that has one.',
    scope: 'agents:read',
    success: { status: 200, description: 'The budgets.', schema: z.array(agentBudgetSchema) },
    run: async (call) =>
      json((await listAgentBudgets(call.ctx, { agent: nameOf(call) })).map(toWire)),
  }),
  operation({
    id: 'putAgentBudget',
    tag: TAG,
    method: 'put',
    path: PATH,
    summary: 'Set the budget of an agent',
    description: `Makes or changes it, for an agent that has yet to run as well. ${ADMINS}`,
    query: [ORIGIN_PARAMETER],
    scope: 'agents:write',
    body: { schema: putBudgetSchema, required: true },
    success: { status: 200, description: 'The budget now.', schema: agentBudgetSchema },
    run: async (call) => {
      const wish = { ...agentOf(call), ...wishOf(call.body) }
      return json(toWire(await setAgentBudget(call.ctx, wish)))
    },
  }),
  operation({
    id: 'deleteAgentBudget',
    tag: TAG,
    method: 'delete',
    path: PATH,
    summary: 'Remove the budget of an agent',
    description: `Also where there is none. ${ADMINS}`,
    query: [ORIGIN_PARAMETER],
    scope: 'agents:write',
    success: { status: 204, description: 'There is no budget now.' },
    run: async (call) => {
      await deleteAgentBudget(call.ctx, agentOf(call))
      return empty()
    },
  }),
]

function agentOf(call: Call) {
  return { agent: nameOf(call), origin: originOf(call) }
}

/** @throws DomainError not-found where no agent can be called so */
function nameOf(call: Call): string {
  const name = agentNameSchema.safeParse(call.text('agent'))
  if (!name.success) throw notFound()
  return name.data
}

function toWire(budget: Budget) {
  return { agentId: budget.subject, ...budgetToWire(budget) }
}
