import { authorize } from '@/lib/access/authorize'
import type { Context } from '@/lib/context'
import { type BillingPeriod, billingPeriodAt } from '@/lib/plans/billing-period'
import { FIRST_PLAN, PLANS, type Plan, type PlanId } from '@/lib/plans/plan'

export interface CurrentPlan {
  plan: Plan
  /** Day of the month, UTC, on which billing periods begin; 1 to 31. */
  anchorDay: number
  period: BillingPeriod
}

/**
 * The plan of the organization and the billing period of this moment. Without a choice of its own it has the
 * first plan, and periods begin on the day on which it was made.
 * @throws DomainError forbidden for people without usage:read, and for programs
 */
export async function currentPlan(ctx: Context): Promise<CurrentPlan> {
  authorize(ctx.principal, 'usage:read')
  const { rows } = await ctx.db.pool.query<{ plan: PlanId | null; anchorDay: number }>(
    `SELECT chosen.plan,
       coalesce(chosen.anchor_day, extract(day FROM o.created_at AT TIME ZONE 'UTC'))::int AS "anchorDay"
     FROM organizations o
     LEFT JOIN LATERAL (SELECT plan, anchor_day FROM billing.plan_choice
       WHERE organization_id = o.id ORDER BY chosen_at DESC, id DESC LIMIT 1) AS chosen ON true
     WHERE o.id = $1`,
    [ctx.organization.id],
  )
  const anchorDay = rows[0]?.anchorDay ?? 1
  return {
    plan: PLANS[rows[0]?.plan ?? FIRST_PLAN],
    anchorDay,
    period: billingPeriodAt(ctx.now, anchorDay),
  }
}
