import type pg from 'pg'
import { z } from 'zod'
import type { BillingTransaction, ClosedPeriod, PlanSpan } from '@/lib/billing/charge'
import type { CountedPeriod } from '@/lib/invoices/period-sums'
import { PLAN_IDS, planVersion } from '@/lib/plans/plan'
import { LATE_DAYS_MAX } from '@/lib/usage/ingest'
import { CORRECTABLE_DAYS } from '@/lib/usage/re-rating-schema'

const DAY_MS = 86_400_000
/** For requests that began before a closing and ended after it. */
const MARGIN_DAYS = 2
const REACH_MS = (Math.max(CORRECTABLE_DAYS, LATE_DAYS_MAX) + MARGIN_DAYS) * DAY_MS

/** A period that was billed, with the plans that counted in it. */
export interface KnownPeriod extends CountedPeriod {
  spans: readonly PlanSpan[]
  invoiceId: string | null
}

const storedSpans = z.array(
  z.strictObject({
    plan: z.enum(PLAN_IDS),
    version: z.int(),
    from: z.int(),
    to: z.int(),
    trial: z.boolean(),
  }),
)

/** All of them, oldest first. For callers that have authorized. */
export async function closedPeriods(
  client: BillingTransaction | pg.Pool,
  organizationId: string,
): Promise<KnownPeriod[]> {
  return select(client, 'true', [organizationId])
}

/**
 * Closed periods of which anything may be unbilled: those that a late event or a correction can have reached since
 * the last closing, and those of which an invoice was voided since.
 */
export async function reopenedPeriods(
  client: BillingTransaction | pg.Pool,
  organizationId: string,
): Promise<KnownPeriod[]> {
  return select(
    client,
    `period_to > (SELECT max(closed_at) FROM billing.closed_period WHERE organization_id = $1)
         - make_interval(secs => $2)
     OR EXISTS (SELECT 1 FROM billing.billed b WHERE b.organization_id = $1 AND b.period_from = c.period_from
         AND b.is_reversal AND b.at >= (SELECT max(closed_at) FROM billing.closed_period
           WHERE organization_id = $1))`,
    [organizationId, REACH_MS / 1000],
  )
}

async function select(
  client: BillingTransaction | pg.Pool,
  condition: string,
  values: unknown[],
): Promise<KnownPeriod[]> {
  const { rows } = await client.query<{
    from: Date
    to: Date
    usageFrom: Date
    spans: unknown
    invoiceId: string | null
  }>(
    `SELECT period_from AS "from", period_to AS "to", usage_from AS "usageFrom", spans, invoice_id AS "invoiceId"
     FROM billing.closed_period c WHERE organization_id = $1 AND (${condition}) ORDER BY period_from`,
    values,
  )
  return rows.map(({ from, to, usageFrom, spans, invoiceId }) => ({
    from: from.getTime(),
    to: to.getTime(),
    usageFrom: usageFrom.getTime(),
    spans: storedSpans.parse(spans).map(({ plan, version, ...span }) => ({
      ...span,
      plan: planVersion(plan, version),
    })),
    invoiceId,
  }))
}

/**
 * From when on use belongs to a period: programs report what happened up to weeks ago, so the first period of an
 * organization also has what was before it.
 */
export async function usageStart(
  client: BillingTransaction | pg.Pool,
  organizationId: string,
  { from, to }: { from: number; to: number },
): Promise<number> {
  const { rows } = await client.query<{ isFirst: boolean }>(
    'SELECT created_at >= $2 AND created_at < $3 AS "isFirst" FROM organizations WHERE id = $1',
    [organizationId, new Date(from), new Date(to)],
  )
  return rows[0]?.isFirst ? 0 : from
}

/** Keeps that a period was closed: it never is again. */
export async function recordClosed(
  client: BillingTransaction,
  { organizationId, period, spans }: Pick<ClosedPeriod, 'organizationId' | 'period' | 'spans'>,
  { at, usageFrom, invoiceId }: { at: number; usageFrom: number; invoiceId: string | null },
): Promise<void> {
  await client.query(
    `INSERT INTO billing.closed_period (organization_id, period_from, period_to, usage_from, spans, closed_at,
       invoice_id) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [
      ...[organizationId, new Date(period.from), new Date(period.to), new Date(usageFrom)],
      JSON.stringify(
        spans.map(({ plan, ...span }) => ({ ...span, plan: plan.id, version: plan.version })),
      ),
      ...[new Date(at), invoiceId],
    ],
  )
}
