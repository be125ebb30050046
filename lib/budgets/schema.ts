import { z } from 'zod'
import {
  AMOUNT_MAX_USD,
  AMOUNT_MIN_USD,
  type BudgetWish,
  nanoOfDollars,
  sortedThresholds,
  THRESHOLD_MAX,
  THRESHOLDS_MAX,
} from '@/lib/budgets/model'
import { ORIGINS } from '@/lib/usage/origin'
import { NAME_MAX } from '@/lib/usage/usage-event'

export const originSchema = z.enum(ORIGINS)
export const agentNameSchema = z
  .string()
  .min(1, 'Name the agent.')
  .max(NAME_MAX, `At most ${NAME_MAX} characters.`)
  // No database text can hold one.
  .refine((name) => !name.includes('\0'), 'NUL characters are not accepted.')

const AMOUNT_WORDS = `Give dollars from ${AMOUNT_MIN_USD} to ${AMOUNT_MAX_USD.toLocaleString('en-US')} as a number, such as 250 or 99.5.`
const PERCENT_WORDS = `Give a whole percentage from 1 to ${THRESHOLD_MAX}.`

/** As the API has it, and the dashboard sends it. */
export const putBudgetSchema = z.strictObject({
  amount: z
    .number(AMOUNT_WORDS)
    .min(AMOUNT_MIN_USD, AMOUNT_WORDS)
    .max(AMOUNT_MAX_USD, AMOUNT_WORDS),
  thresholdRules: z
    .array(
      z.strictObject({
        percent: z.int(PERCENT_WORDS).min(1, PERCENT_WORDS).max(THRESHOLD_MAX, PERCENT_WORDS),
      }),
    )
    .max(THRESHOLDS_MAX, `At most ${THRESHOLDS_MAX} thresholds.`)
    .nullish(),
  enforceLimit: z.boolean().nullish(),
})
export type PutBudget = z.infer<typeof putBudgetSchema>

export const checkBudgetsSchema = z.strictObject({
  agent: agentNameSchema.nullish(),
  origin: originSchema.nullish(),
})

/** Dollars as exact nano-dollars, thresholds in order and each once. */
export function wishOf({ amount, thresholdRules, enforceLimit }: PutBudget): BudgetWish {
  return {
    amount: nanoOfDollars(amount),
    thresholds: thresholdRules
      ? sortedThresholds(thresholdRules.map(({ percent }) => percent))
      : null,
    enforce: enforceLimit ?? null,
  }
}
