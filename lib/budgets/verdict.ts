import type pg from 'pg'
import { authorize } from '@/lib/access/authorize'
import { type Budget, isExhausted } from '@/lib/budgets/model'
import { selectBudgets } from '@/lib/budgets/rows'
import type { Context } from '@/lib/context'
import type { Origin } from '@/lib/usage/origin'

export interface BudgetVerdict {
  /** False where a budget that is enforced is spent. */
  allowed: boolean
  /** Every budget of the run that is spent, those that only tell among them. */
  exhausted: Budget[]
}

/** Whose money a run would spend. */
interface Run {
  organizationId: string
  /** Of the token that starts it; null for a person. */
  familyId: string | null
  /** Null where it is not known. */
  agent: string | null
  origin: Origin
}

/**
 * Whether a run may begin, by the budgets of the organization, of the agent and of the calling token: what a
 * runtime asks before it spends. Who may report what a run has cost may ask.
 * @throws DomainError forbidden without traces:write
 */
export async function askBudgets(
  ctx: Context,
  { agent, origin }: { agent: string | null; origin: Origin },
): Promise<BudgetVerdict> {
  authorize(ctx.principal, 'traces:write')
  const familyId = ctx.principal.kind === 'token' ? ctx.principal.familyId : null
  const run = { organizationId: ctx.organization.id, familyId, agent, origin }
  return verdictOnRun(ctx.db.pool, run, ctx.now)
}

/** The decision itself: one statement over sums of days, found by index. */
export async function verdictOnRun(pool: pg.Pool, run: Run, now: number): Promise<BudgetVerdict> {
  const budgets = await selectBudgets(
    pool,
    { organizationId: run.organizationId, now },
    {
      name: 'of-run',
      sql: `origin = $5 AND (subject_kind = 'ORGANIZATION' OR subject_kind = 'AGENT' AND subject = $6
        OR subject_kind = 'TOKEN' AND subject = $7)`,
      values: [run.origin, run.agent, run.familyId],
    },
  )
  const exhausted = budgets.filter(isExhausted)
  return { allowed: !exhausted.some(({ enforce }) => enforce), exhausted }
}
