import type { CaseText } from '@/lib/datasets/model'

/** What becomes of cases when others take their place; isomorphic, so that a preview says what is then done. */

export type PlannedOutcome = 'ADDED' | 'CHANGED' | 'SAME'

export interface PlannedCase<Old> {
  text: CaseText
  /** The case that it goes on as; null for a new one. */
  before: Old | null
  outcome: PlannedOutcome
}

export interface ReplacePlan<Old> {
  /** In the order in which they will be. */
  cases: PlannedCase<Old>[]
  removed: Old[]
}

/**
 * Pairs what is there with what is to be: a case that asks the same goes on as itself, so that results of it stay
 * comparable and its name and expected answer may change. Of several that ask the same the first is paired first,
 * those that are equal throughout before the others.
 */
export function planReplacement<Old extends CaseText>(
  before: readonly Old[],
  after: readonly CaseText[],
): ReplacePlan<Old> {
  const free = new Map<string, Old[]>()
  for (const old of before) {
    const same = free.get(questionKey(old))
    if (same) same.push(old)
    else free.set(questionKey(old), [old])
  }
  const equal = after.map((text) => take(free, text, (old) => isSameText(old, text)))
  const cases = after.map((text, place): PlannedCase<Old> => {
    const found = equal[place]
    if (found) return { text, before: found, outcome: 'SAME' }
    const asked = take(free, text, () => true)
    return { text, before: asked, outcome: asked ? 'CHANGED' : 'ADDED' }
  })
  const kept = new Set(cases.map((planned) => planned.before))
  return { cases, removed: before.filter((old) => !kept.has(old)) }
}

/** True where nothing at all would be another: not even the order. */
export function isNothing<Old>(
  { cases, removed }: ReplacePlan<Old>,
  before: readonly Old[],
): boolean {
  return (
    removed.length === 0 &&
    cases.every(({ outcome, before: old }, place) => outcome === 'SAME' && old === before[place])
  )
}

/** Equal for cases that ask the same, in whatever order their values were written. */
function questionKey({ input, parameters }: CaseText): string {
  if (parameters === null) return `text ${input}`
  const entries = Object.entries(parameters).sort(([one], [other]) => (one < other ? -1 : 1))
  return `values ${JSON.stringify(entries)}`
}

export function isSameText(one: CaseText, other: CaseText): boolean {
  return (
    one.name === other.name &&
    one.expected === other.expected &&
    questionKey(one) === questionKey(other)
  )
}

function take<Old>(
  free: Map<string, Old[]>,
  text: CaseText,
  fits: (old: Old) => boolean,
): Old | null {
  const same = free.get(questionKey(text)) ?? []
  const place = same.findIndex(fits)
  return place === -1 ? null : (same.splice(place, 1)[0] ?? null)
}
