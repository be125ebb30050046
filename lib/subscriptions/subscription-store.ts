import type { Actor } from '@/lib/access/principal'
import type { BillingTransaction } from '@/lib/billing/charge'
import { notFound } from '@/lib/errors'
import { type PlanId, planVersion } from '@/lib/plans/plan'
import {
  beginning,
  type ChangeKind,
  type Subscription,
  type SubscriptionState,
  type Transition,
} from '@/lib/subscriptions/subscription'

/** Who collects payments. */
export type PaymentProviderName = 'LEDGER' | 'STRIPE'

export interface StoredSubscription extends Subscription {
  provider: PaymentProviderName
}

const NEW_PROVIDER: PaymentProviderName = 'LEDGER'

interface Row {
  state: SubscriptionState
  plan: PlanId
  planVersion: number
  anchorDay: number
  periodFrom: Date
  periodTo: Date
  trialEndsAt: Date | null
  scheduledPlan: PlanId | null
  scheduledVersion: number | null
  cancelAt: Date | null
  pastDueSince: Date | null
  provider: PaymentProviderName
  revision: number
  changedAt: Date
}

const SELECT = `SELECT state, plan, plan_version AS "planVersion", anchor_day AS "anchorDay",
    period_from AS "periodFrom", period_to AS "periodTo", trial_ends_at AS "trialEndsAt",
    scheduled_plan AS "scheduledPlan", scheduled_plan_version AS "scheduledVersion", cancel_at AS "cancelAt",
    past_due_since AS "pastDueSince", provider, revision, changed_at AS "changedAt"
  FROM billing.subscription WHERE organization_id = $1`

/**
 * The subscription as it is stored, or as it would be where nobody has looked after it yet. What time has done since
 * is not in it: `settled` adds that.
 * @throws DomainError not-found where there is no such organization
 */
export async function findSubscription(
  client: BillingTransaction,
  organizationId: string,
): Promise<StoredSubscription> {
  const { rows } = await client.query<Row>(SELECT, [organizationId])
  if (rows[0]) return toSubscription(rows[0])
  return { ...beginning(await createdAt(client, organizationId)), provider: NEW_PROVIDER }
}

/**
 * The same, for a change: nobody else changes it until the transaction ends. It is stored if it was not.
 * @throws DomainError not-found where there is no such organization, or it has just ended
 */
export async function holdSubscription(
  client: BillingTransaction,
  organizationId: string,
): Promise<StoredSubscription> {
  // Keeps the organization from being ended meanwhile, which would leave the row behind.
  const made = await createdAt(client, organizationId, 'FOR KEY SHARE')
  const held = await client.query<Row>(`${SELECT} FOR UPDATE`, [organizationId])
  if (held.rows[0]) return toSubscription(held.rows[0])
  await storeBeginning(client, organizationId, beginning(made))
  const { rows } = await client.query<Row>(`${SELECT} FOR UPDATE`, [organizationId])
  if (!rows[0]) throw new Error('The subscription that was just written is not there.')
  return toSubscription(rows[0])
}

/** Stores a change, and keeps it in the history. The row must be held. */
export async function saveTransition(
  client: BillingTransaction,
  organizationId: string,
  { kind, before, after }: Transition,
  by: Pick<Actor, 'id' | 'label'>,
): Promise<void> {
  await client.query(
    `UPDATE billing.subscription SET state = $2, plan = $3, plan_version = $4, period_from = $5, period_to = $6,
       trial_ends_at = $7, scheduled_plan = $8, scheduled_plan_version = $9, cancel_at = $10, past_due_since = $11,
       revision = $12, changed_at = $13
     WHERE organization_id = $1`,
    [organizationId, ...valuesOf(after)],
  )
  await insertChange(client, organizationId, { kind, before, after }, by)
}

/** Says who collects payments from now on. The row must be held; nothing else of it changes. */
export async function saveProvider(
  client: BillingTransaction,
  organizationId: string,
  provider: PaymentProviderName,
): Promise<void> {
  await client.query('UPDATE billing.subscription SET provider = $2 WHERE organization_id = $1', [
    organizationId,
    provider,
  ])
}

async function createdAt(
  client: BillingTransaction,
  organizationId: string,
  lock: 'FOR KEY SHARE' | '' = '',
): Promise<number> {
  const { rows } = await client.query<{ createdAt: Date }>(
    `SELECT created_at AS "createdAt" FROM organizations WHERE id = $1 ${lock}`,
    [organizationId],
  )
  if (!rows[0]) throw notFound()
  return rows[0].createdAt.getTime()
}

/** Stores the first state of a subscription. Of several who find none, one writes it. */
export async function storeBeginning(
  client: BillingTransaction,
  organizationId: string,
  first: Subscription,
): Promise<void> {
  const { rowCount } = await client.query(
    `INSERT INTO billing.subscription (organization_id, state, plan, plan_version, period_from, period_to,
       trial_ends_at, scheduled_plan, scheduled_plan_version, cancel_at, past_due_since, revision, changed_at,
       anchor_day, provider)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
     ON CONFLICT (organization_id) DO NOTHING`,
    [organizationId, ...valuesOf(first), first.anchorDay, NEW_PROVIDER],
  )
  if (!rowCount) return
  const by = { id: null, label: 'System' }
  await insertChange(client, organizationId, { kind: 'BEGUN', before: null, after: first }, by)
}

async function insertChange(
  client: BillingTransaction,
  organizationId: string,
  change: { kind: ChangeKind; before: Subscription | null; after: Subscription },
  by: Pick<Actor, 'id' | 'label'>,
): Promise<void> {
  const { kind, before, after } = change
  await client.query(
    `INSERT INTO billing.subscription_change (organization_id, revision, kind, at, changed_by_id, changed_by,
       from_state, to_state, from_plan, from_plan_version, to_plan, to_plan_version, trial)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      organizationId,
      after.revision,
      kind,
      new Date(after.changedAt),
      by.id,
      by.label,
      before?.state ?? null,
      after.state,
      before?.plan.id ?? null,
      before?.plan.version ?? null,
      after.plan.id,
      after.plan.version,
      after.trialEndsAt !== null && after.changedAt < after.trialEndsAt,
    ],
  )
}

/** $2 to $13 of both statements. */
function valuesOf(subscription: Subscription): unknown[] {
  const { state, plan, period, scheduled, revision } = subscription
  return [
    state,
    plan.id,
    plan.version,
    new Date(period.from),
    new Date(period.to),
    dateOf(subscription.trialEndsAt),
    scheduled?.id ?? null,
    scheduled?.version ?? null,
    dateOf(subscription.cancelAt),
    dateOf(subscription.pastDueSince),
    revision,
    new Date(subscription.changedAt),
  ]
}

function dateOf(moment: number | null): Date | null {
  return moment === null ? null : new Date(moment)
}

function toSubscription(row: Row): StoredSubscription {
  const { state, anchorDay, scheduledPlan, scheduledVersion, provider, revision } = row
  return {
    state,
    plan: planVersion(row.plan, row.planVersion),
    anchorDay,
    period: { from: row.periodFrom.getTime(), to: row.periodTo.getTime() },
    trialEndsAt: row.trialEndsAt?.getTime() ?? null,
    scheduled:
      scheduledPlan && scheduledVersion ? planVersion(scheduledPlan, scheduledVersion) : null,
    cancelAt: row.cancelAt?.getTime() ?? null,
    pastDueSince: row.pastDueSince?.getTime() ?? null,
    provider,
    revision,
    changedAt: row.changedAt.getTime(),
  }
}
