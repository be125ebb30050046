import type { BillingTransaction, PlanSpan } from '@/lib/billing/charge'
import type { BillingPeriod } from '@/lib/plans/billing-period'
import { type Plan, type PlanId, planVersion } from '@/lib/plans/plan'
import type { Subscription } from '@/lib/subscriptions/subscription'
import { dueTransitions } from '@/lib/subscriptions/subscription-time'

/** From when on a plan counted, and whether its fee was waived. */
export interface PlanFrom {
  /** Epoch ms. */
  at: number
  plan: Plan
  trial: boolean
}

/**
 * Which plan counted when within a period. Changes at one moment leave the last of them.
 * @param changes from the one that counted when the period began, oldest first
 */
export function spansIn(period: BillingPeriod, changes: readonly PlanFrom[]): PlanSpan[] {
  const spans: PlanSpan[] = []
  for (const [place, { at, plan, trial }] of changes.entries()) {
    const from = place === 0 ? period.from : Math.max(at, period.from)
    const to = Math.min(changes[place + 1]?.at ?? period.to, period.to)
    if (from >= to) continue
    const last = spans.at(-1)
    if (last && last.plan === plan && last.trial === trial) last.to = to
    else spans.push({ from, to, plan, trial })
  }
  return spans
}

/**
 * The same by the history of the subscription, of a past period or the present one. Before the history begins its
 * first plan counted; without a history there are no spans.
 */
export async function readPlanSpans(
  client: BillingTransaction,
  organizationId: string,
  period: BillingPeriod,
): Promise<PlanSpan[]> {
  const { rows } = await client.query<{
    at: Date
    plan: PlanId
    version: number
    trial: boolean
  }>(
    `SELECT at, to_plan AS plan, to_plan_version AS version, trial FROM billing.subscription_change
     WHERE organization_id = $1 AND at < $3 AND revision >= coalesce((
       SELECT max(revision) FROM billing.subscription_change WHERE organization_id = $1 AND at <= $2), 0)
     ORDER BY revision`,
    [organizationId, new Date(period.from), new Date(period.to)],
  )
  const changes = rows.map(({ at, plan, version, trial }) => ({
    at: at.getTime(),
    plan: planVersion(plan, version),
    trial,
  }))
  return spansIn(period, changes)
}

/**
 * The same of the period under way, to its end: what time has done and nobody has applied yet counts, and what it
 * will do if nobody does anything.
 */
export async function comingSpans(
  client: BillingTransaction,
  organizationId: string,
  stored: Subscription,
  period: BillingPeriod,
): Promise<PlanSpan[]> {
  const known = await readPlanSpans(client, organizationId, period)
  // Nobody has looked after a subscription without a history.
  const past = known.length > 0 ? known : [{ from: period.from, plan: stored.plan, trial: false }]
  const coming = dueTransitions(stored, period.to - 1).map(({ after }) => ({
    at: after.changedAt,
    plan: after.plan,
    trial: isTrial(after),
  }))
  return spansIn(period, [
    ...past.map(({ from, plan, trial }) => ({ at: from, plan, trial })),
    ...coming,
  ])
}

function isTrial({ trialEndsAt, changedAt }: Subscription): boolean {
  return trialEndsAt !== null && changedAt < trialEndsAt
}
