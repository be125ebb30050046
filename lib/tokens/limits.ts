/**
 * Limits of what people type about tokens, with their words; isomorphic. Forms check with them before
 * they send, without the schema library in the browser; lib/tokens/schema.ts enforces the same ones.
 */

export const TOKEN_NAME_MAX = 80
/** 100 years: far beyond any sane life, small enough that no date arithmetic overflows. */
export const EXPIRATION_DAYS_MAX = 36_500

export const NAME_COMPLAINTS = {
  empty: 'Give the token a name, such as prod-server.',
  long: `Use at most ${TOKEN_NAME_MAX} characters.`,
  unsafe: 'Remove the invisible or control characters.',
} as const

export const DAYS_COMPLAINTS = {
  fraction: 'Days are a whole number.',
  few: 'At least 1 day.',
  many: `At most ${EXPIRATION_DAYS_MAX} days.`,
} as const

// Control characters and bidirectional overrides would let one name pass for another in a list; half of a
// surrogate pair is text to JavaScript only: PostgreSQL would fail on it.
const UNSAFE_IN_NAMES = /[\p{Cc}\p{Cs}\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/u

export function isSafeName(name: string): boolean {
  return !UNSAFE_IN_NAMES.test(name)
}

/** What is wrong with the name, or undefined. Space around it does not count. */
export function tokenNameProblem(name: string): string | undefined {
  const trimmed = name.trim()
  if (trimmed === '') return NAME_COMPLAINTS.empty
  if (trimmed.length > TOKEN_NAME_MAX) return NAME_COMPLAINTS.long
  return isSafeName(trimmed) ? undefined : NAME_COMPLAINTS.unsafe
}

/** What is wrong with a life in days, or undefined. */
export function lifetimeDaysProblem(days: number): string | undefined {
  if (!Number.isSafeInteger(days)) return DAYS_COMPLAINTS.fraction
  if (days < 1) return DAYS_COMPLAINTS.few
  return days > EXPIRATION_DAYS_MAX ? DAYS_COMPLAINTS.many : undefined
}
