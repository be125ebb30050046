import type { TokenPolicy } from '@/lib/context'
import { DAY_MS, expiryFromDays } from '@/lib/tokens/model'

/** What the expiry control holds. `keep` exists only where there is a date to keep. */
export type ExpiryChoice =
  | { kind: 'days'; days: number }
  /** `at`: end of the chosen day UTC, epoch ms; null while the date is incomplete. */
  | { kind: 'date'; at: number | null }
  | { kind: 'never' }
  | { kind: 'keep' }

export type ExpiryPolicy = Pick<TokenPolicy, 'maxLifetimeDays' | 'expiryRequired'>

export const EXPIRY_DAYS = [7, 30, 60, 90, 180, 365] as const
const DEFAULT_DAYS = 90

/** 90 days, or the policy's maximum where that is shorter. */
export function defaultExpiry(policy: ExpiryPolicy): ExpiryChoice {
  return { kind: 'days', days: Math.min(DEFAULT_DAYS, policy.maxLifetimeDays ?? DEFAULT_DAYS) }
}

/** The menu's day counts: the usual ones that policy allows, and the policy's maximum itself. */
export function offeredDays(policy: ExpiryPolicy, chosen: ExpiryChoice): number[] {
  const max = policy.maxLifetimeDays
  const days = new Set<number>(EXPIRY_DAYS.filter((count) => max === null || count <= max))
  if (max !== null && max <= 365) days.add(max)
  if (chosen.kind === 'days') days.add(chosen.days)
  return [...days].sort((a, b) => a - b)
}

/** Policy allows a token without an end. */
export function mayNeverExpire(policy: ExpiryPolicy): boolean {
  return policy.maxLifetimeDays === null && !policy.expiryRequired
}

/**
 * Whole days from `now` as commands take them; null = never, undefined = nothing to send (kept or
 * incomplete). A date means that day at the present time of day, so it is never overshot.
 */
export function expiryDays(choice: ExpiryChoice, now: number): number | null | undefined {
  if (choice.kind === 'days') return choice.days
  if (choice.kind === 'never') return null
  if (choice.kind === 'keep' || choice.at === null) return undefined
  return Math.max(1, Math.floor((choice.at - now) / DAY_MS))
}

/** The moment that the choice stands for; null = never, undefined = incomplete. */
export function expiryMoment(
  choice: ExpiryChoice,
  now: number,
  kept: number | null = null,
): number | null | undefined {
  if (choice.kind === 'keep') return kept
  const days = expiryDays(choice, now)
  return typeof days === 'number' ? expiryFromDays(now, days) : days
}

/** Why the choice cannot be sent, or undefined. */
export function expiryProblem(
  choice: ExpiryChoice,
  policy: ExpiryPolicy,
  now: number,
): string | undefined {
  if (choice.kind === 'date' && choice.at === null) return 'Choose a date.'
  if (choice.kind === 'date' && choice.at !== null && choice.at - now < DAY_MS) {
    return 'Choose a date from tomorrow on.'
  }
  if (choice.kind === 'never' && !mayNeverExpire(policy)) {
    return 'Your organization requires an expiry date.'
  }
  const days = expiryDays(choice, now)
  if (
    typeof days === 'number' &&
    policy.maxLifetimeDays !== null &&
    days > policy.maxLifetimeDays
  ) {
    return `Your organization allows at most ${policy.maxLifetimeDays} days.`
  }
  return undefined
}
