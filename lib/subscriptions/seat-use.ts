import { authorize } from '@/lib/access/authorize'
import type { Context } from '@/lib/context'
import { countMembers } from '@/lib/subscriptions/exceeded-limits'
import type { Subscription } from '@/lib/subscriptions/subscription'
import { type AllowanceUse, allowanceUse } from '@/lib/usage/allowance'

/**
 * How many of the plan's seats are taken now.
 * @throws DomainError forbidden
 */
export async function readSeatAllowance(
  ctx: Context,
  { plan, period }: Pick<Subscription, 'plan' | 'period'>,
): Promise<AllowanceUse> {
  authorize(ctx.principal, 'billing:read')
  const members = await countMembers(ctx.db.pool, ctx.organization.id)
  // Nobody knows how fast people come.
  const outlook = { daily: [], now: ctx.now, end: period.to }
  return allowanceUse(members, plan.allowances.seats, outlook)
}
