import { appendAudit } from '@/lib/audit/append'
import type { AuditEventType, AuditTarget } from '@/lib/audit/events'
import { tellOfBudget } from '@/lib/budgets/alerts'
import {
  type Budget,
  type BudgetKey,
  type BudgetTerms,
  type BudgetWish,
  DEFAULT_THRESHOLDS,
  dollarsOf,
  isReached,
} from '@/lib/budgets/model'
import { type BudgetRow, type Client, selectBudgets } from '@/lib/budgets/rows'
import type { Context } from '@/lib/context'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import { THIS_MOMENT } from '@/lib/db/this-moment'
import { newId } from '@/lib/ids'

/** The audit trail's name of whose budget it is; an agent has no id, so its budget lends one. */
export type TargetOf = (budgetId: string) => AuditTarget

/** The budget as it stands now, or null where there is none. */
export async function readBudget(ctx: Context, key: BudgetKey): Promise<Budget | null> {
  return findBudget(ctx.db.pool, ctx, key)
}

/**
 * Makes or changes the budget, and tells at once what it finds reached. Thresholds that are not reached any more
 * (the amount was raised) may be told again; those that still are stay told.
 */
export async function saveBudget(
  ctx: Context,
  key: BudgetKey,
  wish: BudgetWish,
  targetOf: TargetOf,
): Promise<Budget> {
  return sqlTransaction(ctx.db.pool, async (client) => {
    await lockBudgets(client, ctx.organization.id)
    const before = await findBudget(client, ctx, key)
    const terms: BudgetTerms = {
      amount: wish.amount,
      thresholds: wish.thresholds ?? before?.thresholds ?? DEFAULT_THRESHOLDS,
      enforce: wish.enforce ?? before?.enforce ?? false,
    }
    if (before && sameTerms(before, terms)) return before
    await upsert(client, ctx, key, before?.id ?? newId(), terms)
    const after = await findBudget(client, ctx, key)
    if (!after) throw new Error('The budget that was just written is not there.')
    const told = await forgetUnreached(client, ctx, after)
    await tellOfBudget(client, ctx.crypto.emailLinks, ctx.organization, { ...after, told })
    await audit(client, ctx, 'BUDGET_SET', targetOf(after.id), key, { before, after })
    return after
  })
}

/** Removes the budget and what was told of it; nothing where there is none. */
export async function removeBudget(
  ctx: Context,
  key: BudgetKey,
  targetOf: TargetOf,
): Promise<void> {
  await sqlTransaction(ctx.db.pool, async (client) => {
    await lockBudgets(client, ctx.organization.id)
    const before = await findBudget(client, ctx, key)
    if (!before) return
    await client.query('DELETE FROM usage.budget WHERE organization_id = $1 AND id = $2', [
      ctx.organization.id,
      before.id,
    ])
    await audit(client, ctx, 'BUDGET_DELETED', targetOf(before.id), key, { before, after: null })
  })
}

/** Changes and checks of an organization's budgets go one after the other, up to the end of the transaction. */
export async function lockBudgets(client: Client, organizationId: string): Promise<void> {
  await client.query(`SELECT pg_advisory_xact_lock(hashtextextended('budgets/' || $1, 0))`, [
    organizationId,
  ])
}

async function findBudget(
  client: Client,
  { organization, now }: Pick<Context, 'organization' | 'now'>,
  { kind, subject, origin }: BudgetKey,
): Promise<BudgetRow | null> {
  const found = await selectBudgets(
    client,
    { organizationId: organization.id, now },
    {
      name: 'one',
      sql: 'subject_kind = $5 AND subject = $6 AND origin = $7',
      values: [kind, subject, origin],
    },
  )
  return found[0] ?? null
}

function sameTerms(before: BudgetTerms, after: BudgetTerms): boolean {
  return (
    before.amount === after.amount &&
    before.enforce === after.enforce &&
    before.thresholds.join() === after.thresholds.join()
  )
}

async function upsert(
  client: Client,
  { organization }: Context,
  { kind, subject, origin }: BudgetKey,
  id: string,
  { amount, thresholds, enforce }: BudgetTerms,
): Promise<void> {
  await client.query(
    `INSERT INTO usage.budget (organization_id, id, subject_kind, subject, origin, amount_nano, thresholds,
       enforce, created_at, modified_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, ${THIS_MOMENT}, ${THIS_MOMENT})
     ON CONFLICT (organization_id, id) DO UPDATE SET amount_nano = excluded.amount_nano,
       thresholds = excluded.thresholds, enforce = excluded.enforce, modified_at = excluded.modified_at`,
    [organization.id, id, kind, subject, origin, amount.toString(), thresholds, enforce],
  )
}

/** @returns the thresholds that stay told */
async function forgetUnreached(
  client: Client,
  { organization }: Context,
  { id, told, currentMonthlyCost, amount, period }: BudgetRow,
): Promise<number[]> {
  const unreached = told.filter((percent) => !isReached(percent, currentMonthlyCost, amount))
  await client.query(
    `DELETE FROM usage.budget_alert
     WHERE organization_id = $1 AND budget_id = $2 AND period_start = $3 AND threshold = ANY($4)`,
    [organization.id, id, new Date(period.start), unreached],
  )
  return told.filter((percent) => !unreached.includes(percent))
}

function audit(
  client: Client,
  ctx: Context,
  eventType: Extract<AuditEventType, `BUDGET_${string}`>,
  target: AuditTarget,
  { origin }: BudgetKey,
  { before, after }: { before: BudgetTerms | null; after: BudgetTerms | null },
): Promise<void> {
  const details = { origin, before: auditedTerms(before), after: auditedTerms(after) }
  return appendAudit(client, ctx, { eventType, target, details })
}

/** Nothing at all for what is not there, so that each term reads "none → 50". */
function auditedTerms(terms: BudgetTerms | null) {
  if (!terms) return {}
  return {
    amountUsd: dollarsOf(terms.amount),
    thresholds: terms.thresholds.map((percent) => `${percent}%`),
    enforceLimit: terms.enforce,
  }
}
