import { authorizeBudgetReading, authorizeBudgetWriting } from '@/lib/budgets/access'
import type { Budget, BudgetKey, BudgetWish } from '@/lib/budgets/model'
import { selectBudgets } from '@/lib/budgets/rows'
import { readBudget, removeBudget, saveBudget, type TargetOf } from '@/lib/budgets/store'
import type { Context } from '@/lib/context'
import { notFound } from '@/lib/errors'
import { ORIGINS, type Origin } from '@/lib/usage/origin'

interface AgentAndOrigin {
  agent: string
  origin: Origin
}

/**
 * The budget of the agent, or null.
 * @throws DomainError forbidden | not-found for an agent that nothing was reported of and that has no budget
 */
export async function getAgentBudget(
  ctx: Context,
  { agent, origin }: AgentAndOrigin,
): Promise<Budget | null> {
  authorizeBudgetReading(ctx, 'agents:read')
  const budget = await readBudget(ctx, keyOf(agent, origin))
  if (!budget) await requireKnown(ctx, agent)
  return budget
}

/** The budgets of the agent, one for each origin that has one. @throws DomainError as getAgentBudget */
export async function listAgentBudgets(
  ctx: Context,
  { agent }: { agent: string },
): Promise<Budget[]> {
  authorizeBudgetReading(ctx, 'agents:read')
  const budgets = await selectBudgets(
    ctx.db.pool,
    { organizationId: ctx.organization.id, now: ctx.now },
    { name: 'of-agent', sql: `subject_kind = 'AGENT' AND subject = $5`, values: [agent] },
  )
  if (budgets.length === 0) await requireKnown(ctx, agent)
  return ORIGINS.flatMap((origin) => budgets.filter((budget) => budget.origin === origin))
}

/** Makes or changes it, for an agent that has yet to run as well. @throws DomainError forbidden */
export async function setAgentBudget(
  ctx: Context,
  { agent, origin, ...wish }: BudgetWish & AgentAndOrigin,
): Promise<Budget> {
  authorizeBudgetWriting(ctx, 'agents:write')
  return saveBudget(ctx, keyOf(agent, origin), wish, targetOf(agent))
}

/** Removes it, if there is one. @throws DomainError forbidden */
export async function deleteAgentBudget(
  ctx: Context,
  { agent, origin }: AgentAndOrigin,
): Promise<void> {
  authorizeBudgetWriting(ctx, 'agents:write')
  await removeBudget(ctx, keyOf(agent, origin), targetOf(agent))
}

/** Known is what has reported usage, or has a budget of either origin. */
async function requireKnown(ctx: Context, agent: string): Promise<void> {
  const { rows } = await ctx.db.pool.query<{ known: boolean }>(
    `SELECT EXISTS (SELECT 1 FROM usage.day WHERE organization_id = $1 AND agent = $2)
       OR EXISTS (SELECT 1 FROM usage.budget
         WHERE organization_id = $1 AND subject_kind = 'AGENT' AND subject = $2) AS known`,
    [ctx.organization.id, agent],
  )
  if (!rows[0]?.known) throw notFound()
}

function keyOf(agent: string, origin: Origin): BudgetKey {
  return { kind: 'AGENT', subject: agent, origin }
}

function targetOf(agent: string): TargetOf {
  return (id) => ({ type: 'agent-budget', id, label: agent, familyId: null })
}
