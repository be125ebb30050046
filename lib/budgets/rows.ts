import type pg from 'pg'
import {
  type Budget,
  type BudgetSubjectKind,
  percentOf,
  periodOf,
  recentStart,
  runOutMoment,
} from '@/lib/budgets/model'
import type { Origin } from '@/lib/usage/origin'

/** Reading budgets in sets, each with what was spent of it: sums of days, by an index for each subject. */

export type Client = Pick<pg.PoolClient, 'query'>

/** A budget with the thresholds that were told in its present period. */
export interface BudgetRow extends Budget {
  told: number[]
}

interface Columns {
  id: string
  kind: BudgetSubjectKind
  subject: string
  origin: Origin
  amount: string
  thresholds: number[]
  enforce: boolean
  createdAt: number
  modifiedAt: number
  month: string
  recent: string
  told: number[]
}

const EPOCH_MS = (time: string) => `(extract(epoch from ${time}) * 1000)::float8`

/**
 * $1 organization, $2 and $3 the period, $4 the first recent day. What tokens reported is all that was: for the
 * whole organization their days are far fewer rows than those of models and agents.
 */
const DAYS_OF_SUBJECT = `
  SELECT bucket, cost FROM usage.token_day
  WHERE b.kind = 'ORGANIZATION' AND organization_id = $1 AND origin = b.origin
    AND bucket >= least($2::timestamptz, $4) AND bucket < $3
  UNION ALL
  SELECT bucket, input_cost + output_cost FROM usage.day
  WHERE b.kind = 'AGENT' AND organization_id = $1 AND agent = b.subject AND origin = b.origin
    AND bucket >= least($2::timestamptz, $4) AND bucket < $3
  UNION ALL
  SELECT bucket, cost FROM usage.token_day
  WHERE b.kind = 'TOKEN' AND organization_id = $1 AND origin = b.origin
    AND family_id = CASE WHEN b.kind = 'TOKEN' THEN b.subject::uuid END
    AND bucket >= least($2::timestamptz, $4) AND bucket < $3`

const SELECT = (where: string) => `
  SELECT b.*, spent.*, ARRAY(SELECT a.threshold FROM usage.budget_alert a
    WHERE a.organization_id = $1 AND a.budget_id = b.id AND a.period_start = $2) AS told
  FROM (
    SELECT id, subject_kind AS kind, subject, origin, amount_nano AS amount, thresholds, enforce,
      ${EPOCH_MS('created_at')} AS "createdAt", ${EPOCH_MS('modified_at')} AS "modifiedAt"
    FROM usage.budget WHERE organization_id = $1 ${where}
  ) b CROSS JOIN LATERAL (
    SELECT coalesce(sum(cost) FILTER (WHERE bucket >= $2), 0) AS month,
      coalesce(sum(cost) FILTER (WHERE bucket >= $4), 0) AS recent
    FROM (${DAYS_OF_SUBJECT}) days
  ) spent
  ORDER BY b.kind, b.subject, b.origin`

/**
 * Budgets of one organization with what was spent of them.
 * @param condition SQL after `organization_id = $1 AND`, with parameters from $5 on; all where left out
 */
export async function selectBudgets(
  client: Client,
  { organizationId, now }: { organizationId: string; now: number },
  condition?: { name: string; sql: string; values: unknown[] },
): Promise<BudgetRow[]> {
  const period = periodOf(now)
  const { rows } = await client.query<Columns>({
    name: `budgets-${condition?.name ?? 'all'}`,
    text: SELECT(condition ? `AND ${condition.sql}` : ''),
    values: [
      organizationId,
      new Date(period.start),
      new Date(period.end),
      new Date(recentStart(now)),
      ...(condition?.values ?? []),
    ],
  })
  return rows.map((row) => toBudget(row, now))
}

function toBudget({ month, recent, ...row }: Columns, now: number): BudgetRow {
  const amount = BigInt(row.amount)
  const currentMonthlyCost = BigInt(month)
  return {
    ...row,
    amount,
    period: periodOf(now),
    currentMonthlyCost,
    usagePercent: percentOf(currentMonthlyCost, amount),
    runsOutAt: runOutMoment({ amount, currentMonthlyCost }, BigInt(recent), now),
  }
}
