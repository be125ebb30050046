/**
 * Which kinds of event a subscription takes; isomorphic. A filter is a list of patterns with commas between them: a
 * pattern names a type exactly (`push`), or by how it begins, with a star at its end (`invoice.*`). Upper and lower case
 * differ. No filter takes everything, also what names no type; a filter takes nothing without a type.
 */

export const EVENT_FILTER_MAX = 500
export const EVENT_PATTERNS_MAX = 20
/** Of a type that a delivery names; what is longer is cut. */
export const EVENT_TYPE_MAX = 100

/** Also halves of surrogate pairs, on which the audit log would fail. */
const NO_TEXT = /[\p{Cc}\p{Cs}]/u

/** The patterns of a filter, each once, in the order given; none for one that takes everything. */
export function patternsOf(filter: string | null | undefined): string[] {
  const parts = (filter ?? '').split(',').map((part) => part.trim())
  return [...new Set(parts.filter((part) => part !== ''))]
}

/** Why this is no filter, in words, or null. */
export function filterComplaint(filter: string): string | null {
  if (filter.length > EVENT_FILTER_MAX) return `Use at most ${EVENT_FILTER_MAX} characters.`
  if (NO_TEXT.test(filter)) return 'Use letters, digits and punctuation only.'
  const patterns = patternsOf(filter)
  if (patterns.length > EVENT_PATTERNS_MAX) return `Name at most ${EVENT_PATTERNS_MAX} types.`
  for (const pattern of patterns) {
    if (pattern === '*') return 'To take everything, leave the filter empty.'
    if (pattern.slice(0, -1).includes('*')) return 'A star stands at the end only, as in invoice.*'
    if (pattern.length > EVENT_TYPE_MAX) return `A type has at most ${EVENT_TYPE_MAX} characters.`
  }
  return null
}

/** As it is kept: patterns with a comma and a space between them; null takes everything. */
export function normalFilter(filter: string | null | undefined): string | null {
  return patternsOf(filter).join(', ') || null
}

/** Whether a subscription with this filter takes a delivery of this type. */
export function takesEvent(filter: string | null, eventType: string | null): boolean {
  const patterns = patternsOf(filter)
  if (patterns.length === 0) return true
  return eventType !== null && patterns.some((pattern) => matches(pattern, eventType))
}

function matches(pattern: string, eventType: string): boolean {
  return pattern.endsWith('*') ? eventType.startsWith(pattern.slice(0, -1)) : pattern === eventType
}
