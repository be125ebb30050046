import type pg from 'pg'
import { appendSystemAudit } from '@/lib/audit/append'
import type { AuditEntry } from '@/lib/audit/events'
import type { BillingPort, BillingTransaction, ClosedPeriod } from '@/lib/billing/charge'
import type { Database } from '@/lib/db/database'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import { readPlanSpans } from '@/lib/subscriptions/plan-spans'
import { type Transition, transition } from '@/lib/subscriptions/subscription'
import { subscriptionEntry } from '@/lib/subscriptions/subscription-audit'
import {
  holdSubscription,
  type StoredSubscription,
  saveTransition,
} from '@/lib/subscriptions/subscription-store'
import { dueTransitions } from '@/lib/subscriptions/subscription-time'

const TIME = { id: null, label: 'System' }

interface Subject {
  organizationId: string
  /** Epoch ms. */
  now: number
}

/** A subscription as it stands, with what is to be told of how it got there. */
interface Advanced {
  present: StoredSubscription
  closed: ClosedPeriod[]
  entries: AuditEntry[]
}

/**
 * Applies everything that time has done to the subscription by `now`: the end of a trial, of a period, of the
 * subscription, and plans that were waiting. Each period that is over is billed once, oldest first, however many were
 * missed; a second call finds nothing to do, and one at the same time waits for the first.
 * @returns the periods that this call closed
 * @throws DomainError not-found where there is no such organization
 */
export async function advanceSubscription(
  db: Pick<Database, 'pool'>,
  billing: BillingPort,
  { organizationId, now }: Subject,
): Promise<ClosedPeriod[]> {
  return sqlTransaction(db.pool, async (client) => {
    const { closed, entries } = await advanceHeld(client, billing, { organizationId, now })
    for (const entry of entries) await appendSystemAudit(client, organizationId, entry)
    return closed
  })
}

/**
 * The same in the caller's transaction, for a change that comes next: the subscription stays held.
 * The caller appends the entries to the audit trail, as its last statements.
 */
export async function advanceHeld(
  client: BillingTransaction,
  billing: BillingPort,
  { organizationId, now }: Subject,
): Promise<Advanced> {
  const held = await holdSubscription(client, organizationId)
  const closed: ClosedPeriod[] = []
  const entries: AuditEntry[] = []
  let present = held
  for (const made of dueTransitions(held, now)) {
    await saveTransition(client, organizationId, made, TIME)
    const period = await bill(client, billing, organizationId, made)
    if (period) closed.push(period)
    const entry = await subscriptionEntry(client, organizationId, made)
    if (entry) entries.push(entry)
    present = { ...made.after, provider: held.provider }
  }
  return { present, closed, entries }
}

/**
 * What the collection of payments has to say, in its own transaction: that an invoice is overdue, or that none is any
 * more. Nothing happens where it is so already.
 */
export async function recordCollection(
  client: pg.PoolClient,
  billing: BillingPort,
  { organizationId, now }: Subject,
  type: 'MARK_PAST_DUE' | 'MARK_PAID',
): Promise<StoredSubscription> {
  const { present, entries } = await advanceHeld(client, billing, { organizationId, now })
  const made = transition(present, { type }, now)
  if (made) await saveTransition(client, organizationId, made, TIME)
  for (const entry of entries) await appendSystemAudit(client, organizationId, entry)
  return made ? { ...made.after, provider: present.provider } : present
}

/**
 * Organizations for which `advanceSubscription` has something to do, by id.
 * @param after the last one of the page before, or null
 */
export async function organizationsDue(
  db: Pick<Database, 'pool'>,
  { now, after, limit }: { now: number; after: string | null; limit: number },
): Promise<string[]> {
  const { rows } = await db.pool.query<{ id: string }>(
    `SELECT o.id FROM organizations o LEFT JOIN billing.subscription s ON s.organization_id = o.id
     WHERE ($2::uuid IS NULL OR o.id > $2) AND (s.organization_id IS NULL OR s.period_to <= $1
       OR s.cancel_at <= $1 OR (s.state = 'TRIALING' AND s.trial_ends_at <= $1))
     ORDER BY o.id LIMIT $3`,
    [new Date(now), after, limit],
  )
  return rows.map(({ id }) => id)
}

async function bill(
  client: BillingTransaction,
  billing: BillingPort,
  organizationId: string,
  { before, after, lines }: Transition,
): Promise<ClosedPeriod | null> {
  if (before.period.to === after.period.to) {
    const at = after.changedAt
    if (lines.length > 0) {
      await billing.charge(client, { organizationId, reason: 'TRIAL_ENDED', at, lines })
    }
    return null
  }
  const { period } = before
  const spans = await readPlanSpans(client, organizationId, period)
  const closed = { organizationId, period, spans, nextFee: lines }
  await billing.closePeriod(client, closed)
  return closed
}
