import { authorize } from '@/lib/access/authorize'
import type { Context } from '@/lib/context'
import { notFound } from '@/lib/errors'
import { type BillingPeriod, billingPeriodAt } from '@/lib/plans/billing-period'
import { FIRST_PLAN, PLANS, type Plan, type PlanId, planVersion } from '@/lib/plans/plan'

export interface CurrentPlan {
  plan: Plan
  /** Day of the month, UTC, on which billing periods begin; 1 to 31. */
  anchorDay: number
  period: BillingPeriod
}

/** $2 the moment. What time has done since the row was written counts, whether or not it was applied. */
const SELECT = `
  SELECT o.created_at AS "createdAt", s.anchor_day AS "anchorDay",
    CASE WHEN s.cancel_at <= $2 THEN NULL WHEN s.period_to <= $2 AND s.scheduled_plan IS NOT NULL
      THEN s.scheduled_plan ELSE s.plan END AS plan,
    CASE WHEN s.period_to <= $2 AND s.scheduled_plan IS NOT NULL
      THEN s.scheduled_plan_version ELSE s.plan_version END AS version
  FROM organizations o LEFT JOIN billing.subscription s ON s.organization_id = o.id
  WHERE o.id = $1`

interface Row {
  createdAt: Date
  anchorDay: number | null
  /** Null where nobody has looked after the subscription yet, or it has ended. */
  plan: PlanId | null
  version: number | null
}

/**
 * The plan of the organization and the billing period of this moment, for who may not read its subscription. Without
 * one it has the first plan, and periods begin on the day on which it was made.
 * @throws DomainError forbidden for people without usage:read, and for programs
 */
export async function currentPlan(ctx: Context): Promise<CurrentPlan> {
  authorize(ctx.principal, 'usage:read')
  const { rows } = await ctx.db.pool.query<Row>(SELECT, [ctx.organization.id, new Date(ctx.now)])
  if (!rows[0]) throw notFound()
  const { createdAt, plan, version } = rows[0]
  const anchorDay = rows[0].anchorDay ?? createdAt.getUTCDate()
  return {
    plan: plan && version ? planVersion(plan, version) : PLANS[FIRST_PLAN],
    anchorDay,
    period: billingPeriodAt(ctx.now, anchorDay),
  }
}
