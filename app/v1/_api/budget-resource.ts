import { z } from '@hono/zod-openapi'
import type { Call } from '@/app/v1/_api/operation'
import { choice } from '@/app/v1/_api/query'
import { epochMs } from '@/app/v1/_api/wire-schema'
import { BUDGET_SUBJECTS, type Budget, dollarsOf } from '@/lib/budgets/model'
import { ORIGINS, type Origin } from '@/lib/usage/origin'

/** Budgets on the wire: money is dollars, as the contract has it. */

const usd = z.number().openapi({ description: 'US dollars.' })
const percent = z.number().openapi({ description: 'Never rounded up: 100 means that it is spent.' })

const termFields = {
  origin: z.enum(ORIGINS),
  amount: usd.openapi({ description: 'US dollars for each calendar month in UTC.' }),
  thresholdRules: z
    .array(z.strictObject({ percent: z.int() }))
    .openapi({ description: 'People are told of each once a month.' }),
  enforceLimit: z.boolean().openapi({
    description: 'Whether budgets:check forbids runs at 100%. Else the budget only tells.',
  }),
  currentMonthlyCost: usd,
  usagePercent: percent,
  runsOutAt: epochMs.nullable().openapi({
    description: 'When it is spent at the rate of the last seven days; null where not this month.',
  }),
  periodStart: epochMs,
  periodEnd: epochMs.openapi({ description: 'Epoch milliseconds; the first moment after it.' }),
  createdAt: epochMs,
  modifiedAt: epochMs,
}

export const organizationBudgetSchema = z.strictObject(termFields).openapi('OrganizationBudget')
export const agentBudgetSchema = z
  .strictObject({ agentId: z.string(), ...termFields })
  .openapi('AgentBudget')
export const tokenBudgetSchema = z
  .strictObject({ tokenId: z.uuid(), ...termFields })
  .openapi('TokenBudget')

export const verdictSchema = z
  .strictObject({
    allowed: z.boolean().openapi({ description: 'False where an enforced budget is spent.' }),
    exhausted: z
      .array(
        z.strictObject({
          subjectKind: z.enum(BUDGET_SUBJECTS),
          subject: z.string().openapi({
            description: 'The agent, or the id of the calling token; empty for the organization.',
          }),
          amount: usd,
          enforceLimit: z.boolean(),
          currentMonthlyCost: usd,
          usagePercent: percent,
          periodEnd: epochMs,
        }),
      )
      .openapi({ description: 'Budgets of the run that are spent; those that only tell, too.' }),
  })
  .openapi('BudgetVerdict')

export const ORIGIN_PARAMETER = {
  name: 'origin',
  description: 'PRODUCTION unless told. Each has a budget of its own.',
  schema: z.enum(ORIGINS),
}

/** @throws ProblemError 400 */
export function originOf({ query }: Pick<Call, 'query'>): Origin {
  return choice(query, 'origin', ORIGINS) ?? 'PRODUCTION'
}

export function budgetToWire(budget: Budget) {
  return {
    origin: budget.origin,
    amount: dollarsOf(budget.amount),
    thresholdRules: budget.thresholds.map((threshold) => ({ percent: threshold })),
    enforceLimit: budget.enforce,
    currentMonthlyCost: dollarsOf(budget.currentMonthlyCost),
    usagePercent: budget.usagePercent,
    runsOutAt: budget.runsOutAt,
    periodStart: budget.period.start,
    periodEnd: budget.period.end,
    createdAt: budget.createdAt,
    modifiedAt: budget.modifiedAt,
  }
}

/** @param tokenId of the calling token: what a family is called on the wire */
export function exhaustedToWire(budget: Budget, tokenId: string) {
  return {
    subjectKind: budget.kind,
    subject: budget.kind === 'TOKEN' ? tokenId : budget.subject,
    amount: dollarsOf(budget.amount),
    enforceLimit: budget.enforce,
    currentMonthlyCost: dollarsOf(budget.currentMonthlyCost),
    usagePercent: budget.usagePercent,
    periodEnd: budget.period.end,
  }
}
