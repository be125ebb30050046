/** Limits of what people type about service accounts; isomorphic, see lib/tokens/limits.ts. */

import { isStorable, NO_TEXT } from '@/lib/storable-text'

export const DESCRIPTION_MAX = 2048

export const DESCRIPTION_COMPLAINTS = {
  long: 'Use at most 2,048 characters.',
  unstorable: NO_TEXT,
} as const

/** What is wrong with the description, or undefined. Space around it does not count. */
export function descriptionProblem(description: string): string | undefined {
  const trimmed = description.trim()
  if (trimmed.length > DESCRIPTION_MAX) return DESCRIPTION_COMPLAINTS.long
  return isStorable(trimmed) ? undefined : DESCRIPTION_COMPLAINTS.unstorable
}
