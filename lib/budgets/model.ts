import type { Origin } from '@/lib/usage/origin'

/** Pure rules of budgets; isomorphic. Money is nano-USD, times are epoch ms. */

export const BUDGET_SUBJECTS = ['ORGANIZATION', 'AGENT', 'TOKEN'] as const
export type BudgetSubjectKind = (typeof BUDGET_SUBJECTS)[number]

export const DEFAULT_THRESHOLDS: readonly number[] = [50, 80, 100]
export const THRESHOLDS_MAX = 10
/** Percent. */
export const THRESHOLD_MAX = 1000
export const AMOUNT_MIN_USD = 0.01
export const AMOUNT_MAX_USD = 1_000_000_000

const NANO_DIGITS = 9
const NANO_IN_DOLLAR = 10 ** NANO_DIGITS
const DAY_MS = 86_400_000
/** Today and the six days before it: what the date of running out is reckoned from. */
const RECENT_DAYS = 7

/** Whose spending is meant: '' for the organization, the name of an agent, or the family of a token. */
export interface BudgetKey {
  kind: BudgetSubjectKind
  subject: string
  origin: Origin
}

/** What a budget says, apart from whose it is. */
export interface BudgetTerms {
  /** Nano-USD for each calendar month in UTC. */
  amount: bigint
  /** Percent, in order, each once. */
  thresholds: readonly number[]
  /** Whoever asks before a run is told not to, once the amount is spent. Else the budget only tells. */
  enforce: boolean
}

/** Null: as before, and for a new budget the usual thresholds and only telling. */
export interface BudgetWish {
  amount: bigint
  thresholds: readonly number[] | null
  enforce: boolean | null
}

/** A month in UTC: the moments from `start` on and before `end`. */
export interface Period {
  start: number
  end: number
}

export interface Budget extends BudgetKey, BudgetTerms {
  id: string
  createdAt: number
  modifiedAt: number
  period: Period
  /** Since the period began. Late events of earlier months are not in it. */
  currentMonthlyCost: bigint
  /** Of the amount, in percent with two digits, never rounded up: 100 means that it is spent. */
  usagePercent: number
  /** The moment at which the amount is spent if it goes on as in the last seven days; null where not in this period. */
  runsOutAt: number | null
}

/** The calendar month, in UTC, that the moment is in. */
export function periodOf(now: number): Period {
  const date = new Date(now)
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()]
  return { start: Date.UTC(year, month, 1), end: Date.UTC(year, month + 1, 1) }
}

/** The beginning of the first of the days that run-out dates are reckoned from. */
export function recentStart(now: number): number {
  return (Math.floor(now / DAY_MS) - (RECENT_DAYS - 1)) * DAY_MS
}

/** True from the very nano-dollar on. */
export function isReached(percent: number, cost: bigint, amount: bigint): boolean {
  return cost * 100n >= amount * BigInt(percent)
}

/** True where nothing is left. */
export function isExhausted({
  currentMonthlyCost,
  amount,
}: Pick<Budget, 'currentMonthlyCost' | 'amount'>): boolean {
  return isReached(100, currentMonthlyCost, amount)
}

export function percentOf(cost: bigint, amount: bigint): number {
  return Number((cost * 10_000n) / amount) / 100
}

/** The thresholds that people are told of: who enforces a limit is always told when it bites. */
export function watchedThresholds({
  thresholds,
  enforce,
}: Pick<BudgetTerms, 'thresholds' | 'enforce'>): readonly number[] {
  return enforce ? sortedThresholds([...thresholds, 100]) : thresholds
}

export function reachedThresholds(budget: BudgetTerms & Pick<Budget, 'currentMonthlyCost'>) {
  return watchedThresholds(budget).filter((percent) =>
    isReached(percent, budget.currentMonthlyCost, budget.amount),
  )
}

/** In order, each once. */
export function sortedThresholds(percents: readonly number[]): number[] {
  return [...new Set(percents)].sort((one, other) => one - other)
}

/**
 * When the amount is spent at the plain rate of the last days.
 * @param recentCost what was spent since `recentStart(now)`
 * @returns null where it is spent already, where nothing is being spent, and where the period ends before
 */
export function runOutMoment(
  { amount, currentMonthlyCost }: Pick<Budget, 'amount' | 'currentMonthlyCost'>,
  recentCost: bigint,
  now: number,
): number | null {
  const left = amount - currentMonthlyCost
  if (left <= 0n || recentCost <= 0n) return null
  const elapsed = BigInt(Math.max(now - recentStart(now), 1))
  const moment = BigInt(now) + (left * elapsed) / recentCost
  return moment < BigInt(periodOf(now).end) ? Number(moment) : null
}

/** Exact where the number says so in at most nine decimals; rounded to the nano-dollar beyond. */
export function nanoOfDollars(dollars: number): bigint {
  const [whole = '0', fraction = ''] = decimalText(dollars).split('.')
  return BigInt(whole) * BigInt(NANO_IN_DOLLAR) + BigInt(fraction.padEnd(NANO_DIGITS, '0'))
}

/** The shortest text that means the number, with no more digits than a nano-dollar has. */
function decimalText(dollars: number): string {
  const shortest = String(dollars)
  const [, fraction = ''] = shortest.split('.')
  return shortest.includes('e') || fraction.length > NANO_DIGITS
    ? dollars.toFixed(NANO_DIGITS)
    : shortest
}

export function dollarsOf(nano: bigint): number {
  return Number(nano) / NANO_IN_DOLLAR
}
