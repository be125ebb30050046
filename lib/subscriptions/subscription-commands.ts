import { authorize } from '@/lib/access/authorize'
import { actorOf } from '@/lib/access/principal'
import { appendAudit, appendSystemAudit } from '@/lib/audit/append'
import type { BillingPort } from '@/lib/billing/charge'
import type { Context } from '@/lib/context'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import { PLANS, type PlanId } from '@/lib/plans/plan'
import { advanceHeld } from '@/lib/subscriptions/advance'
import {
  type CommandOf,
  type CommandType,
  type Transition,
  transition,
} from '@/lib/subscriptions/subscription'
import { subscriptionEntry } from '@/lib/subscriptions/subscription-audit'
import { tellOfChange } from '@/lib/subscriptions/subscription-news'
import { type StoredSubscription, saveTransition } from '@/lib/subscriptions/subscription-store'

/** What an admin asks of the subscription, but for changing its plan: plan-change.ts. */

/**
 * Fourteen whole days of a paid plan without its fee, once for each organization. At their end the plan is paid for
 * unless it was cancelled.
 * @throws DomainError forbidden | conflict `trial_used`, `already_paying`, `not_for_trial`, `payment_overdue`,
 *   `resume_first`
 */
export async function startTrial(
  ctx: Context,
  billing: BillingPort,
  { plan }: { plan: PlanId },
): Promise<StoredSubscription> {
  authorize(ctx.principal, 'billing:write')
  return changeSubscription(ctx, billing, {
    command: () => ({ type: 'START_TRIAL', plan: PLANS[plan] }),
  })
}

/** Keeps the present plan after all. @throws DomainError forbidden | conflict `nothing_scheduled` */
export async function withdrawScheduledChange(
  ctx: Context,
  billing: BillingPort,
): Promise<StoredSubscription> {
  authorize(ctx.principal, 'billing:write')
  return changeSubscription(ctx, billing, { command: () => ({ type: 'WITHDRAW_CHANGE' }) })
}

/**
 * Ends the subscription when what was paid for is used up: at the end of the period, or of the trial. Nothing happens
 * where that was asked for already.
 * @throws DomainError forbidden | conflict `nothing_to_cancel`
 */
export async function cancelSubscription(
  ctx: Context,
  billing: BillingPort,
): Promise<StoredSubscription> {
  authorize(ctx.principal, 'billing:write')
  return changeSubscription(ctx, billing, { command: () => ({ type: 'CANCEL' }) })
}

/** Takes a cancellation back. @throws DomainError forbidden | conflict `nothing_to_resume`, `subscription_ended` */
export async function resumeSubscription(
  ctx: Context,
  billing: BillingPort,
): Promise<StoredSubscription> {
  authorize(ctx.principal, 'billing:write')
  return changeSubscription(ctx, billing, { command: () => ({ type: 'RESUME' }) })
}

interface Asked<Type extends CommandType> {
  /** Made of the subscription as it stands; what it throws undoes everything. */
  command: (present: StoredSubscription) => CommandOf<Type>
  /** A last look at what it makes; throws where that is not what was asked. */
  accept?: (made: Transition) => void
  /** Epoch ms at which it counts; where left out, now. */
  at?: number
}

/** Applies what is due, then the command with its charge and its audit event, or nothing of it. */
export async function changeSubscription<Type extends CommandType>(
  ctx: Context,
  billing: BillingPort,
  { command, accept, at = ctx.now }: Asked<Type>,
): Promise<StoredSubscription> {
  const organizationId = ctx.organization.id
  return sqlTransaction(ctx.db.pool, async (client) => {
    const subject = { organizationId, now: ctx.now }
    const { present, entries } = await advanceHeld(client, billing, subject)
    const made = transition(present, command(present), at)
    if (made) {
      accept?.(made)
      await saveTransition(client, organizationId, made, actorOf(ctx.principal))
      const { lines } = made
      const order = { organizationId, reason: 'PLAN_CHANGED', at: made.after.changedAt } as const
      if (lines.length > 0) await billing.charge(client, { ...order, lines })
      await tellOfChange(client, ctx, made)
    }
    const entry = made && (await subscriptionEntry(client, organizationId, made))
    for (const before of entries) await appendSystemAudit(client, organizationId, before)
    if (entry) await appendAudit(client, ctx, entry)
    return made ? { ...made.after, provider: present.provider } : present
  })
}
