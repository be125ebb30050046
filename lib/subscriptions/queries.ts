import { authorize } from '@/lib/access/authorize'
import type { Context } from '@/lib/context'
import type { PlanId } from '@/lib/plans/plan'
import type { ChangeKind, SubscriptionState } from '@/lib/subscriptions/subscription'
import { findSubscription, type StoredSubscription } from '@/lib/subscriptions/subscription-store'
import { type ComingFee, comingFee, settled } from '@/lib/subscriptions/subscription-time'

export interface SubscriptionView extends StoredSubscription {
  /** The next fee if nobody does anything; null where none comes. */
  comingFee: ComingFee | null
  /** Whether a trial can still be started. */
  canTry: boolean
}

/**
 * The subscription as it is at the moment of the request, whether or not what is due was applied.
 * @throws DomainError forbidden
 */
export async function readSubscription(ctx: Context): Promise<SubscriptionView> {
  authorize(ctx.principal, 'billing:read')
  const stored = await findSubscription(ctx.db.pool, ctx.organization.id)
  const present = settled(stored, ctx.now)
  const { state, plan, trialEndsAt, pastDueSince } = present
  const isFree = state === 'ACTIVE' || state === 'CANCELLED'
  return {
    ...present,
    provider: stored.provider,
    comingFee: comingFee(present),
    canTry: isFree && plan.fees.periodCents === 0 && trialEndsAt === null && pastDueSince === null,
  }
}

export interface SubscriptionChangeRow {
  revision: number
  kind: ChangeKind
  /** Epoch ms. */
  at: number
  /** Name of who asked for it, or "System" for the passing of time. */
  changedBy: string
  fromState: SubscriptionState | null
  toState: SubscriptionState
  fromPlan: PlanId | null
  toPlan: PlanId
}

const ROWS_MAX = 100

/** The newest hundred changes of the subscription, newest first. @throws DomainError forbidden */
export async function listSubscriptionChanges(ctx: Context): Promise<SubscriptionChangeRow[]> {
  authorize(ctx.principal, 'billing:read')
  const { rows } = await ctx.db.pool.query<Omit<SubscriptionChangeRow, 'at'> & { at: Date }>(
    `SELECT revision, kind, at, changed_by AS "changedBy", from_state AS "fromState", to_state AS "toState",
       from_plan AS "fromPlan", to_plan AS "toPlan"
     FROM billing.subscription_change WHERE organization_id = $1 ORDER BY revision DESC LIMIT ${ROWS_MAX}`,
    [ctx.organization.id],
  )
  return rows.map((row) => ({ ...row, at: row.at.getTime() }))
}
