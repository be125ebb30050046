import {
  budgetToWire,
  exhaustedToWire,
  ORIGIN_PARAMETER,
  organizationBudgetSchema,
  originOf,
  tokenBudgetSchema,
  verdictSchema,
} from '@/app/v1/_api/budget-resource'
import { operation, TENANT_PREFIX } from '@/app/v1/_api/operation'
import { empty, json } from '@/app/v1/_api/reply'
import type { Budget } from '@/lib/budgets/model'
import {
  deleteOrganizationBudget,
  getOrganizationBudget,
  setOrganizationBudget,
} from '@/lib/budgets/organization-budget'
import { checkBudgetsSchema, putBudgetSchema, wishOf } from '@/lib/budgets/schema'
import { deleteTokenBudget, getTokenBudget, setTokenBudget } from '@/lib/budgets/token-budget'
import { askBudgets } from '@/lib/budgets/verdict'

const TAG = 'Budgets'
const OF_ORGANIZATION = `${TENANT_PREFIX}/budget`
const OF_TOKEN = `${TENANT_PREFIX}/tokens/{token}/budget`

export const BUDGET_OPERATIONS = [
  operation({
    id: 'checkBudgets',
    tag: TAG,
    method: 'post',
    path: `${TENANT_PREFIX}/budgets:check`,
    summary: 'Ask whether a run may begin',
    description:
      'Looks at the budgets of the organization, of the agent and of the calling token. Runs of this API ask by themselves. A runtime elsewhere that asks before a run is told no; what it reports is counted in any case.',
    scope: 'traces:write',
    body: { schema: checkBudgetsSchema, required: false },
    success: { status: 200, description: 'The verdict.', schema: verdictSchema },
    run: async ({ ctx, body, principal }) => {
      const { agent, origin } = body
      const { allowed, exhausted } = await askBudgets(ctx, {
        agent: agent ?? null,
        origin: origin ?? 'PRODUCTION',
      })
      return json({
        allowed,
        exhausted: exhausted.map((budget) => exhaustedToWire(budget, principal.tokenId)),
      })
    },
  }),
  operation({
    id: 'getOrganizationBudget',
    tag: TAG,
    method: 'get',
    path: OF_ORGANIZATION,
    summary: 'Read the organization’s budget',
    query: [ORIGIN_PARAMETER],
    scope: 'organization:read',
    success: {
      status: 200,
      description: 'The budget, or null.',
      schema: organizationBudgetSchema.nullable(),
    },
    run: async (call) => {
      const budget = await getOrganizationBudget(call.ctx, { origin: originOf(call) })
      return json(budget && budgetToWire(budget))
    },
  }),
  operation({
    id: 'putOrganizationBudget',
    tag: TAG,
    method: 'put',
    path: OF_ORGANIZATION,
    summary: 'Set the organization’s budget',
    description: 'Makes or changes it. Needs a token of an admin or a service account.',
    query: [ORIGIN_PARAMETER],
    scope: 'organization:write',
    body: { schema: putBudgetSchema, required: true },
    success: { status: 200, description: 'The budget now.', schema: organizationBudgetSchema },
    run: async (call) => {
      const wish = { origin: originOf(call), ...wishOf(call.body) }
      return json(budgetToWire(await setOrganizationBudget(call.ctx, wish)))
    },
  }),
  operation({
    id: 'deleteOrganizationBudget',
    tag: TAG,
    method: 'delete',
    path: OF_ORGANIZATION,
    summary: 'Remove the organization’s budget',
    description: 'Also where there is none. Needs a token of an admin or a service account.',
    query: [ORIGIN_PARAMETER],
    scope: 'organization:write',
    success: { status: 204, description: 'There is no budget now.' },
    run: async (call) => {
      await deleteOrganizationBudget(call.ctx, { origin: originOf(call) })
      return empty()
    },
  }),
  operation({
    id: 'getTokenBudget',
    tag: TAG,
    method: 'get',
    path: OF_TOKEN,
    summary: 'Read the budget of a token',
    description: 'It is one for all rotations of the token.',
    query: [ORIGIN_PARAMETER],
    scope: 'keys:read',
    success: {
      status: 200,
      description: 'The budget, or null.',
      schema: tokenBudgetSchema.nullable(),
    },
    run: async (call) => {
      const tokenId = call.id('token')
      const budget = await getTokenBudget(call.ctx, { tokenId, origin: originOf(call) })
      return json(budget && tokenBudgetToWire(tokenId, budget))
    },
  }),
  operation({
    id: 'putTokenBudget',
    tag: TAG,
    method: 'put',
    path: OF_TOKEN,
    summary: 'Set the budget of a token',
    description: 'Makes or changes it. Needs a token of an admin or a service account.',
    query: [ORIGIN_PARAMETER],
    scope: 'keys:write',
    readScope: 'keys:read',
    body: { schema: putBudgetSchema, required: true },
    success: { status: 200, description: 'The budget now.', schema: tokenBudgetSchema },
    run: async (call) => {
      const wish = { tokenId: call.id('token'), origin: originOf(call), ...wishOf(call.body) }
      return json(tokenBudgetToWire(wish.tokenId, await setTokenBudget(call.ctx, wish)))
    },
  }),
  operation({
    id: 'deleteTokenBudget',
    tag: TAG,
    method: 'delete',
    path: OF_TOKEN,
    summary: 'Remove the budget of a token',
    description: 'Also where there is none. Needs a token of an admin or a service account.',
    query: [ORIGIN_PARAMETER],
    scope: 'keys:write',
    readScope: 'keys:read',
    success: { status: 204, description: 'There is no budget now.' },
    run: async (call) => {
      await deleteTokenBudget(call.ctx, { tokenId: call.id('token'), origin: originOf(call) })
      return empty()
    },
  }),
]

function tokenBudgetToWire(tokenId: string, budget: Budget) {
  return { tokenId, ...budgetToWire(budget) }
}
