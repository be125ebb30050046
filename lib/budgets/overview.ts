import { personOf } from '@/lib/access/principal'
import { authorizeBudgetReading } from '@/lib/budgets/access'
import { type Budget, type Period, periodOf } from '@/lib/budgets/model'
import { selectBudgets } from '@/lib/budgets/rows'
import type { Context } from '@/lib/context'
import { seesTokenNames } from '@/lib/usage/token-names'

/** The token that a budget is about: the newest of its family. */
export interface BudgetToken {
  tokenId: string
  familyId: string
  name: string
  /** Of the person or service account. */
  ownerLabel: string
}

/** A threshold that people were told of. */
export interface BudgetAlert {
  budgetId: string
  threshold: number
  /** Epoch ms. */
  toldAt: number
  /** What had been spent by then, of how much, in nano-USD. */
  cost: bigint
  amount: bigint
}

export interface BudgetOverview {
  period: Period
  budgets: Budget[]
  /** Of the budgets of tokens. */
  tokens: BudgetToken[]
  /** Of this period, newest first. */
  alerts: BudgetAlert[]
}

/**
 * Every budget that the caller may see with what was spent of it: those of the organization and its agents, and
 * those of the tokens whose usage the caller sees by name.
 * @throws DomainError forbidden
 */
export async function readBudgetOverview(ctx: Context): Promise<BudgetOverview> {
  authorizeBudgetReading(ctx, 'organization:read')
  const { organization, now } = ctx
  const [all, tokens] = await Promise.all([
    selectBudgets(ctx.db.pool, { organizationId: organization.id, now }),
    budgetedTokens(ctx),
  ])
  const seen = new Set(tokens.map(({ familyId }) => familyId))
  const budgets = all.filter(({ kind, subject }) => kind !== 'TOKEN' || seen.has(subject))
  const alerts = await alertsOf(
    ctx,
    budgets.map(({ id }) => id),
  )
  return { period: periodOf(now), budgets, tokens, alerts }
}

async function budgetedTokens({ principal, organization, db }: Context): Promise<BudgetToken[]> {
  const { rows } = await db.pool.query<BudgetToken>(
    `SELECT DISTINCT ON (t.family_id) t.id AS "tokenId", t.family_id AS "familyId", t.name,
       coalesce(s.name, u.display_name, 'Removed person') AS "ownerLabel"
     FROM usage.budget b
     JOIN tokens t ON t.organization_id = b.organization_id AND t.family_id::text = b.subject
     LEFT JOIN users u ON u.id = t.owner_user_id
     LEFT JOIN service_accounts s
       ON s.organization_id = t.organization_id AND s.id = t.service_account_id
     WHERE b.organization_id = $1 AND b.subject_kind = 'TOKEN' AND ($2 OR t.owner_user_id = $3)
     ORDER BY t.family_id, t.created_at DESC, t.id DESC`,
    [organization.id, seesTokenNames(principal), personOf(principal)],
  )
  return rows
}

async function alertsOf(
  { organization, db, now }: Context,
  budgetIds: readonly string[],
): Promise<BudgetAlert[]> {
  const { rows } = await db.pool.query<
    Omit<BudgetAlert, 'cost' | 'amount'> & { cost: string; amount: string }
  >(
    `SELECT budget_id AS "budgetId", threshold, (extract(epoch from told_at) * 1000)::float8 AS "toldAt",
       cost_nano AS cost, amount_nano AS amount
     FROM usage.budget_alert
     WHERE organization_id = $1 AND budget_id = ANY($2::uuid[]) AND period_start = $3
     ORDER BY told_at DESC, budget_id, threshold DESC`,
    [organization.id, budgetIds, new Date(periodOf(now).start)],
  )
  return rows.map(({ cost, amount, ...row }) => ({
    ...row,
    cost: BigInt(cost),
    amount: BigInt(amount),
  }))
}
