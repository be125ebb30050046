/** Limits of what people type about service accounts; isomorphic, see lib/tokens/limits.ts. */

export const DESCRIPTION_MAX = 2048

export const DESCRIPTION_COMPLAINTS = {
  long: 'Use at most 2,048 characters.',
  unstorable: 'Remove the characters that are no text.',
} as const

/** False for what PostgreSQL cannot hold: NUL, and half of a surrogate pair. */
export function isStorableText(text: string): boolean {
  return !/[\0\p{Cs}]/u.test(text)
}

/** What is wrong with the description, or undefined. Space around it does not count. */
export function descriptionProblem(description: string): string | undefined {
  const trimmed = description.trim()
  if (trimmed.length > DESCRIPTION_MAX) return DESCRIPTION_COMPLAINTS.long
  return isStorableText(trimmed) ? undefined : DESCRIPTION_COMPLAINTS.unstorable
}
