import {
  deleteAgentBudget,
  getAgentBudget,
  listAgentBudgets,
  setAgentBudget,
} from '@/lib/budgets/agent-budget'
import {
  deleteOrganizationBudget,
  getOrganizationBudget,
  setOrganizationBudget,
} from '@/lib/budgets/organization-budget'
import { readBudgetOverview } from '@/lib/budgets/overview'
import { listBudgetSubjects } from '@/lib/budgets/subjects'
import { deleteTokenBudget, getTokenBudget, setTokenBudget } from '@/lib/budgets/token-budget'
import { askBudgets } from '@/lib/budgets/verdict'
import type { Operation } from '@/lib/testing/operation'

const origin = 'PRODUCTION' as const
const wish = { amount: 1_000_000_000n, thresholds: null, enforce: null, origin }
const agent = 'budgeted'

/** How much may be spent. */
export const BUDGET_OPERATIONS: Record<string, Operation> = {
  setOrganizationBudget: { on: 'organization', run: (ctx) => setOrganizationBudget(ctx, wish) },
  getOrganizationBudget: {
    on: 'organization',
    run: (ctx) => getOrganizationBudget(ctx, { origin }),
  },
  deleteOrganizationBudget: {
    on: 'organization',
    run: (ctx) => deleteOrganizationBudget(ctx, { origin }),
  },
  setAgentBudget: { on: 'organization', run: (ctx) => setAgentBudget(ctx, { agent, ...wish }) },
  // It was just made.
  getAgentBudget: { on: 'organization', run: (ctx) => getAgentBudget(ctx, { agent, origin }) },
  listAgentBudgets: { on: 'organization', run: (ctx) => listAgentBudgets(ctx, { agent }) },
  deleteAgentBudget: {
    on: 'organization',
    run: (ctx) => deleteAgentBudget(ctx, { agent, origin }),
  },
  setTokenBudget: {
    on: 'token',
    isRead: true,
    run: (ctx, { tokenId }) => setTokenBudget(ctx, { tokenId, ...wish }),
  },
  getTokenBudget: {
    on: 'token',
    isRead: true,
    run: (ctx, { tokenId }) => getTokenBudget(ctx, { tokenId, origin }),
  },
  deleteTokenBudget: {
    on: 'token',
    isRead: true,
    run: (ctx, { tokenId }) => deleteTokenBudget(ctx, { tokenId, origin }),
  },
  readBudgetOverview: { on: 'organization', isRead: true, run: readBudgetOverview },
  listBudgetSubjects: { on: 'organization', isRead: true, run: (ctx) => listBudgetSubjects(ctx) },
  askBudgets: {
    on: 'organization',
    isRead: true,
    run: (ctx) => askBudgets(ctx, { agent, origin }),
  },
}
