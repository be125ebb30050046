/** How a catalogue says which names are meant: as in @pydantic/genai-prices, whose data it comes from. */
export type NameMatch =
  | { equals: string }
  | { starts_with: string }
  | { ends_with: string }
  | { contains: string }
  | { regex: string }
  | { or: readonly NameMatch[] }
  | { and: readonly NameMatch[] }

/** @param name compared without regard to case, except by a regular expression */
export function matchesName(match: NameMatch, name: string): boolean {
  if ('or' in match) return match.or.some((part) => matchesName(part, name))
  if ('and' in match) return match.and.every((part) => matchesName(part, name))
  if ('regex' in match) return new RegExp(match.regex).test(name)
  const lower = name.toLowerCase()
  if ('equals' in match) return lower === match.equals.toLowerCase()
  if ('starts_with' in match) return lower.startsWith(match.starts_with.toLowerCase())
  if ('ends_with' in match) return lower.endsWith(match.ends_with.toLowerCase())
  return lower.includes(match.contains.toLowerCase())
}

const COMPACT_DATE = /-(20\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?=-|:|$)/g

/** Names of models end with their date in two ways: `-20260501` and `-2026-05-01` are the same. */
export function withDashedDate(name: string): string {
  return name.replaceAll(COMPACT_DATE, '-$1-$2-$3')
}
