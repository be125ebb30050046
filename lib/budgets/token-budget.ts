import { authorizeTokenBudget } from '@/lib/budgets/access'
import type { Budget, BudgetKey, BudgetWish } from '@/lib/budgets/model'
import { readBudget, removeBudget, saveBudget, type TargetOf } from '@/lib/budgets/store'
import type { Context } from '@/lib/context'
import type { TokenSummary } from '@/lib/tokens/model'
import { visibleToken } from '@/lib/tokens/queries'
import type { Origin } from '@/lib/usage/origin'

/** Of a token and all its rotations, personal or of a service account. */
interface TokenAndOrigin {
  tokenId: string
  origin: Origin
}

/** The budget of the token, or null. @throws DomainError forbidden | not-found for a token that is not seen */
export async function getTokenBudget(
  ctx: Context,
  { tokenId, origin }: TokenAndOrigin,
): Promise<Budget | null> {
  authorizeTokenBudget(ctx, 'read')
  return readBudget(ctx, keyOf(await visibleToken(ctx, tokenId), origin))
}

/** Makes or changes it. @throws DomainError forbidden | not-found */
export async function setTokenBudget(
  ctx: Context,
  { tokenId, origin, ...wish }: BudgetWish & TokenAndOrigin,
): Promise<Budget> {
  authorizeTokenBudget(ctx, 'write')
  const token = await visibleToken(ctx, tokenId)
  return saveBudget(ctx, keyOf(token, origin), wish, targetOf(token))
}

/** Removes it, if there is one. @throws DomainError forbidden | not-found */
export async function deleteTokenBudget(
  ctx: Context,
  { tokenId, origin }: TokenAndOrigin,
): Promise<void> {
  authorizeTokenBudget(ctx, 'write')
  const token = await visibleToken(ctx, tokenId)
  await removeBudget(ctx, keyOf(token, origin), targetOf(token))
}

function keyOf({ familyId }: TokenSummary, origin: Origin): BudgetKey {
  return { kind: 'TOKEN', subject: familyId, origin }
}

/** In the history of the token itself. */
function targetOf({ id, name, familyId }: TokenSummary): TargetOf {
  return () => ({ type: 'token', id, label: name, familyId })
}
