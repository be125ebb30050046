import { authorizeBudgetReading, authorizeBudgetWriting } from '@/lib/budgets/access'
import type { Budget, BudgetKey, BudgetWish } from '@/lib/budgets/model'
import { readBudget, removeBudget, saveBudget, type TargetOf } from '@/lib/budgets/store'
import type { Context } from '@/lib/context'
import type { Origin } from '@/lib/usage/origin'

/** The organization's own budget, or null. @throws DomainError forbidden */
export async function getOrganizationBudget(
  ctx: Context,
  { origin }: { origin: Origin },
): Promise<Budget | null> {
  authorizeBudgetReading(ctx, 'organization:read')
  return readBudget(ctx, keyOf(origin))
}

/** Makes or changes it. @throws DomainError forbidden */
export async function setOrganizationBudget(
  ctx: Context,
  { origin, ...wish }: BudgetWish & { origin: Origin },
): Promise<Budget> {
  authorizeBudgetWriting(ctx, 'organization:write')
  return saveBudget(ctx, keyOf(origin), wish, targetIn(ctx))
}

/** Removes it, if there is one. @throws DomainError forbidden */
export async function deleteOrganizationBudget(
  ctx: Context,
  { origin }: { origin: Origin },
): Promise<void> {
  authorizeBudgetWriting(ctx, 'organization:write')
  await removeBudget(ctx, keyOf(origin), targetIn(ctx))
}

function keyOf(origin: Origin): BudgetKey {
  return { kind: 'ORGANIZATION', subject: '', origin }
}

function targetIn({ organization: { id, name } }: Context): TargetOf {
  return () => ({ type: 'organization', id, label: name, familyId: null })
}
