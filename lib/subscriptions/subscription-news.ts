import { actorOf } from '@/lib/access/principal'
import { billingAudience } from '@/lib/billing/billing-audience'
import type { BillingTransaction } from '@/lib/billing/charge'
import type { Context } from '@/lib/context'
import type { Database } from '@/lib/db/database'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import type { EmailLinkSealer } from '@/lib/email/link-sealer'
import { dollars } from '@/lib/invoices/wording'
import type { SubscriptionChange } from '@/lib/notifications/billing-kinds'
import { notify } from '@/lib/notifications/notify'
import type { ChangeKind, Subscription, Transition } from '@/lib/subscriptions/subscription'
import { findSubscription } from '@/lib/subscriptions/subscription-store'
import { comingFee, settled } from '@/lib/subscriptions/subscription-time'

const DAY_MS = 86_400_000
/** So long before its end people are told of the end of a trial. */
const TRIAL_NOTICE_MS = 3 * DAY_MS

const TOLD: Partial<Record<ChangeKind, SubscriptionChange>> = {
  TRIAL_STARTED: 'TRIAL_STARTED',
  PLAN_CHANGED: 'PLAN_CHANGED',
  CHANGE_SCHEDULED: 'CHANGE_SCHEDULED',
  CHANGE_WITHDRAWN: 'CHANGE_WITHDRAWN',
  CANCELLATION_ASKED: 'CANCELLATION_ASKED',
  RESUMED: 'RESUMED',
}

/** Tells admins and finance what somebody else did, in the transaction that does it. */
export async function tellOfChange(
  client: BillingTransaction,
  ctx: Context,
  { kind, after }: Transition,
): Promise<void> {
  const change = TOLD[kind]
  if (!change) return
  const { id, label } = actorOf(ctx.principal)
  await notify(client, ctx.crypto.emailLinks, {
    kind: 'subscription-changed',
    facts: {
      change,
      changedBy: label,
      plan: after.plan.name,
      nextPlan: after.scheduled?.name ?? null,
      at: momentOf(change, after),
    },
    organizationId: ctx.organization.id,
    recipients: await billingAudience(client, ctx.organization.id, id),
    idempotencyKey: `subscription/${ctx.organization.id}/${after.revision}`,
  })
}

/** From when on it counts. */
function momentOf(change: SubscriptionChange, after: Subscription): number {
  if (change === 'TRIAL_STARTED') return after.trialEndsAt ?? after.changedAt
  if (change === 'CHANGE_SCHEDULED') return after.period.to
  if (change === 'CANCELLATION_ASKED') return after.cancelAt ?? after.period.to
  return after.changedAt
}

/** Organizations whose trial ends within three days, and is not cancelled. */
export async function endingTrials(
  { pool }: Pick<Database, 'pool'>,
  now: number,
): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>(
    `SELECT s.organization_id AS id FROM billing.subscription s
     JOIN organizations o ON o.id = s.organization_id
     WHERE s.state = 'TRIALING' AND s.trial_ends_at > $1 AND s.trial_ends_at <= $2`,
    [new Date(now), new Date(now + TRIAL_NOTICE_MS)],
  )
  return rows.map(({ id }) => id)
}

/** Tells admins and finance that the trial ends and what the plan costs then: each of them once. */
export async function tellOfTrialEnd(
  { pool }: Pick<Database, 'pool'>,
  sealer: EmailLinkSealer,
  { organizationId, now }: { organizationId: string; now: number },
): Promise<void> {
  await sqlTransaction(pool, async (client) => {
    const present = settled(await findSubscription(client, organizationId), now)
    const { state, trialEndsAt, plan } = present
    if (state !== 'TRIALING' || trialEndsAt === null) return
    const fee = comingFee(present)
    await notify(client, sealer, {
      kind: 'trial-ending',
      facts: {
        plan: plan.name,
        endsAt: trialEndsAt,
        fee: dollars(BigInt(fee?.plan.fees.periodCents ?? plan.fees.periodCents)),
      },
      organizationId,
      recipients: await billingAudience(client, organizationId),
      idempotencyKey: `trial-ending/${organizationId}/${trialEndsAt}`,
    })
  })
}
