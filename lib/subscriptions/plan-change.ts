import { authorize } from '@/lib/access/authorize'
import type { BillingPort, ChargeLine } from '@/lib/billing/charge'
import type { PlanChangeBasis } from '@/lib/billing/schema'
import type { Context } from '@/lib/context'
import { DomainError } from '@/lib/errors'
import { PLANS, type Plan, type PlanId } from '@/lib/plans/plan'
import { type ExceededLimit, exceededLimits } from '@/lib/subscriptions/exceeded-limits'
import { totalCents } from '@/lib/subscriptions/proration'
import { type Transition, transition } from '@/lib/subscriptions/subscription'
import { changeSubscription } from '@/lib/subscriptions/subscription-commands'
import { findSubscription, type StoredSubscription } from '@/lib/subscriptions/subscription-store'
import { type ComingFee, comingFee, settled } from '@/lib/subscriptions/subscription-time'

/** So long a preview may be acted upon, in ms. */
export const PREVIEW_MS = 15 * 60 * 1000

export interface PlanChangePreview {
  from: Plan
  to: Plan
  takesEffect: 'NOW' | 'AT_PERIOD_END'
  /** Epoch ms. */
  takesEffectAt: number
  /** Invoiced at once. Empty where nothing is due now. */
  lines: ChargeLine[]
  /** US cents, before credit and tax; less than 0 becomes credit. */
  totalCents: bigint
  /** The next fee after the change; null for a plan without one. */
  comingFee: ComingFee | null
  /** Allowances of the plan that are exceeded by what is used now. */
  exceeded: ExceededLimit[]
  /** Give it back to change exactly so. */
  basis: PlanChangeBasis
}

/**
 * What a change of plan would cost and when it would count, by the moment of the request.
 * @throws DomainError forbidden | conflict where the plan cannot be chosen now, with what to do instead
 */
export async function previewPlanChange(
  ctx: Context,
  { plan }: { plan: PlanId },
): Promise<PlanChangePreview> {
  authorize(ctx.principal, 'billing:read')
  const present = settled(await findSubscription(ctx.db.pool, ctx.organization.id), ctx.now)
  const to = PLANS[plan]
  const made = transition(present, { type: 'CHANGE_PLAN', plan: to }, ctx.now)
  if (!made) throw new Error('A change of plan that changes nothing is refused.')
  const { after, lines } = made
  const isNow = after.plan === to
  return {
    from: present.plan,
    to,
    takesEffect: isNow ? 'NOW' : 'AT_PERIOD_END',
    takesEffectAt: isNow ? ctx.now : present.period.to,
    lines,
    totalCents: totalCents(lines),
    comingFee: comingFee(after),
    exceeded: await exceededLimits(ctx, to, present),
    basis: basisOf(made, ctx.now),
  }
}

/**
 * Changes the plan as it was previewed: to the cent and by the same moment. A larger plan counts at once, any other
 * one from the end of the period on.
 * @throws DomainError forbidden | conflict `preview_expired` after 15 minutes, `preview_changed` where it would not be
 *   as previewed any more, or where the plan cannot be chosen now
 */
export async function changePlan(
  ctx: Context,
  billing: BillingPort,
  { plan, basis }: { plan: PlanId; basis: PlanChangeBasis },
): Promise<StoredSubscription> {
  authorize(ctx.principal, 'billing:write')
  if (ctx.now - basis.asOf > PREVIEW_MS) throw previewExpired()
  if (basis.asOf > ctx.now) throw previewChanged()
  return changeSubscription(ctx, billing, {
    at: basis.asOf,
    command: ({ revision }) => {
      // First: what the table would say of a subscription that changed since is not what was asked.
      if (revision !== basis.revision) throw previewChanged()
      return { type: 'CHANGE_PLAN', plan: PLANS[plan] }
    },
    accept: (made) => {
      if (!sameBasis(basisOf(made, basis.asOf), basis)) throw previewChanged()
    },
  })
}

function basisOf({ before, after, lines }: Transition, asOf: number): PlanChangeBasis {
  const { version } = after.scheduled ?? after.plan
  return { asOf, revision: before.revision, version, totalCents: totalCents(lines) }
}

function sameBasis(one: PlanChangeBasis, other: PlanChangeBasis): boolean {
  return (Object.keys(one) as (keyof PlanChangeBasis)[]).every((key) => one[key] === other[key])
}

function previewExpired(): DomainError {
  return new DomainError(
    'conflict',
    'preview_expired',
    'The preview is older than 15 minutes. Nothing was changed: look at it again.',
  )
}

function previewChanged(): DomainError {
  return new DomainError(
    'conflict',
    'preview_changed',
    'The subscription has changed since the preview. Nothing was changed: look at it again.',
  )
}
