import { amountText } from '@/components/charts/amount'
import {
  AMOUNT_MAX_USD,
  AMOUNT_MIN_USD,
  type Budget,
  DEFAULT_THRESHOLDS,
  dollarsOf,
  isReached,
  nanoOfDollars,
  percentOf,
  sortedThresholds,
  THRESHOLD_MAX,
  THRESHOLDS_MAX,
  watchedThresholds,
} from '@/lib/budgets/model'

/** The form of a budget, as typed. */
export interface BudgetDraft {
  /** Name of the agent, or id of the token; '' for the organization. */
  subjectId: string
  origin: Budget['origin']
  /** Dollars, as typed. */
  amount: string
  thresholds: readonly number[]
  enforce: boolean
}

export function draftOf(
  budget: Budget | null,
  subjectId: string,
  origin: Budget['origin'] = 'PRODUCTION',
): BudgetDraft {
  return {
    subjectId,
    origin: budget?.origin ?? origin,
    amount: budget ? String(dollarsOf(budget.amount)) : '',
    thresholds: budget?.thresholds ?? DEFAULT_THRESHOLDS,
    enforce: budget?.enforce ?? false,
  }
}

/** Dollars, or null for what is no amount of money. "1,200.50" is one. */
export function parseAmount(typed: string): number | null {
  const text = typed.trim().replace(/^\$/, '').replaceAll(',', '')
  if (!/^\d{1,10}(\.\d{1,9})?$/.test(text)) return null
  const dollars = Number(text)
  return dollars >= AMOUNT_MIN_USD && dollars <= AMOUNT_MAX_USD ? dollars : null
}

export function amountProblem(typed: string): string | undefined {
  if (typed.trim() === '') return 'Enter an amount in dollars.'
  if (parseAmount(typed) !== null) return undefined
  return `Enter dollars from ${amountText('usd', nanoOfDollars(AMOUNT_MIN_USD))} to ${amountText('usd', nanoOfDollars(AMOUNT_MAX_USD))}, such as 250 or 99.50.`
}

/** The thresholds with one more, or why it cannot be one. */
export function withThreshold(
  thresholds: readonly number[],
  typed: string,
): { thresholds: number[] } | { problem: string } {
  const text = typed.trim().replace(/%$/, '').trim()
  const percent = /^\d{1,4}$/.test(text) ? Number(text) : 0
  if (percent < 1 || percent > THRESHOLD_MAX) {
    return { problem: `Enter a whole percentage from 1 to ${THRESHOLD_MAX}.` }
  }
  const next = sortedThresholds([...thresholds, percent])
  if (next.length > THRESHOLDS_MAX) return { problem: `At most ${THRESHOLDS_MAX} thresholds.` }
  return { thresholds: next }
}

/**
 * What saving would do at today's spend; null while there is no amount.
 * @param cost nano-USD of this month
 */
export function effectOf(
  draft: BudgetDraft,
  cost: bigint,
): { text: string; alarming: boolean } | null {
  const dollars = parseAmount(draft.amount)
  if (dollars === null) return null
  const amount = nanoOfDollars(dollars)
  const spent = `${amountText('usd', cost)} was spent this month so far`
  if (isReached(100, cost, amount)) {
    const then = draft.enforce
      ? 'Runtimes that ask before a run would be told to stop at once.'
      : 'Nothing would be stopped.'
    return { alarming: true, text: `${spent}: this would already be exhausted. ${then}` }
  }
  const reached = watchedThresholds(draft).filter((percent) => isReached(percent, cost, amount))
  const highest = reached.at(-1)
  const told = highest === undefined ? '' : ` The threshold of ${highest}% is reached already.`
  return {
    alarming: highest !== undefined,
    text: `${spent}, which is ${Math.floor(percentOf(cost, amount))}% of it.${told}`,
  }
}
