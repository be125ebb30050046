import type { AuditEntry, AuditEventType, AuditTarget } from '@/lib/audit/events'
import type { BillingTransaction } from '@/lib/billing/charge'
import { totalCents } from '@/lib/subscriptions/proration'
import type { ChangeKind, Subscription, Transition } from '@/lib/subscriptions/subscription'

/** What the audit trail says of a change; null where the invoices say it. */
const EVENTS: Record<ChangeKind, AuditEventType | null> = {
  BEGUN: null,
  TRIAL_STARTED: 'TRIAL_STARTED',
  TRIAL_ENDED: 'TRIAL_ENDED',
  PLAN_CHANGED: 'PLAN_CHANGED',
  CHANGE_SCHEDULED: 'PLAN_CHANGE_SCHEDULED',
  CHANGE_WITHDRAWN: 'PLAN_CHANGE_WITHDRAWN',
  CANCELLATION_ASKED: 'CANCELLATION_ASKED',
  RESUMED: 'SUBSCRIPTION_RESUMED',
  ENDED: 'SUBSCRIPTION_ENDED',
  PERIOD_BEGUN: null,
  FELL_DUE: null,
  PAID: null,
}

/** The event of a change, or null where it has none: a new period is one only where the plan changed with it. */
export async function subscriptionEntry(
  client: BillingTransaction,
  organizationId: string,
  { kind, before, after, lines }: Transition,
): Promise<AuditEntry | null> {
  const bringsPlan = kind === 'PERIOD_BEGUN' && before.plan !== after.plan
  const eventType = bringsPlan ? 'PLAN_CHANGED' : EVENTS[kind]
  if (!eventType) return null
  const charged = lines.length > 0 ? { chargedUsd: dollarsOf(totalCents(lines)) } : {}
  return {
    eventType,
    target: await organizationTarget(client, organizationId),
    details: { before: words(before), after: words(after), ...charged },
  }
}

function words({ plan, state, scheduled, trialEndsAt, cancelAt }: Subscription) {
  return {
    plan: plan.name,
    state,
    ...(scheduled ? { nextPlan: scheduled.name } : {}),
    ...(state === 'TRIALING' && trialEndsAt !== null ? { trialEndsAt } : {}),
    ...(cancelAt === null ? {} : { endsAt: cancelAt }),
  }
}

function dollarsOf(cents: bigint): string {
  const size = cents < 0n ? -cents : cents
  return `${cents < 0n ? '-' : ''}${size / 100n}.${String(size % 100n).padStart(2, '0')}`
}

async function organizationTarget(client: BillingTransaction, id: string): Promise<AuditTarget> {
  const { rows } = await client.query<{ name: string }>(
    'SELECT name FROM organizations WHERE id = $1',
    [id],
  )
  return { type: 'organization', id, label: rows[0]?.name ?? '', familyId: null }
}
