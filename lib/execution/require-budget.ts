import { verdictOnRun } from '@/lib/budgets/verdict'
import { DomainError } from '@/lib/errors'
import type { RunPlace } from '@/lib/execution/run-deployed-agent'
import type { Origin } from '@/lib/usage/origin'

interface Spending {
  /** Of the token that would spend; null for a person. */
  familyId: string | null
  /** Null where no agent is run. */
  agent: string | null
  origin: Origin
}

/**
 * Before a model is paid for. Ask within a slot: what begins at once and spends over a budget is bounded by the slots.
 * @throws DomainError over-budget `budget_exhausted`
 */
export async function requireBudget(
  { db, organization, now }: Pick<RunPlace, 'db' | 'organization' | 'now'>,
  spending: Spending,
): Promise<void> {
  const run = { organizationId: organization.id, ...spending }
  const { allowed, exhausted } = await verdictOnRun(db.pool, run, now)
  if (allowed) return
  const whose = exhausted.filter(({ enforce }) => enforce).map(({ kind }) => kind.toLowerCase())
  throw new DomainError(
    'over-budget',
    'budget_exhausted',
    `This month’s budget of the ${whose.join(' and of the ')} is spent. An admin can raise it.`,
  )
}
