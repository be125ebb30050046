import { CASES_MAX } from '@/lib/datasets/limits'
import type { CaseText, DatasetCase } from '@/lib/datasets/model'
import { planReplacement, type ReplacePlan } from '@/lib/datasets/replace-plan'

/** What an import would do, before anything is written. */

export type ImportMode = 'ADD' | 'REPLACE'

export type ImportOutcome = 'ADDED' | 'CHANGED' | 'SAME' | 'ALIKE'

export interface ImportedCase {
  text: CaseText
  outcome: ImportOutcome
  /** The case that is there already, where one asks the same. */
  before: DatasetCase | null
}

export interface CaseImport {
  cases: ImportedCase[]
  removed: DatasetCase[]
  /** What is sent: for adding without what is there word for word. */
  sent: CaseText[]
  /** Why it cannot be done, in words. */
  obstacle: string | null
}

export function planImport(
  mode: ImportMode,
  present: readonly DatasetCase[],
  read: readonly CaseText[],
): CaseImport {
  const plan = planReplacement(present, read)
  if (mode === 'REPLACE') {
    return { cases: plan.cases, removed: plan.removed, sent: [...read], obstacle: null }
  }
  const cases = added(plan)
  const sent = cases.filter(({ outcome }) => outcome !== 'SAME').map(({ text }) => text)
  const room = CASES_MAX - present.length
  return { cases, removed: [], sent, obstacle: sent.length > room ? fullWords(room) : null }
}

/** Nothing that is there changes: what asks the same comes beside it. */
function added({ cases }: ReplacePlan<DatasetCase>): ImportedCase[] {
  return cases.map((one) => (one.outcome === 'CHANGED' ? { ...one, outcome: 'ALIKE' } : one))
}

function fullWords(room: number): string {
  return room <= 0
    ? `The dataset is full: it keeps at most ${CASES_MAX} cases.`
    : `There is room for ${room} more: a dataset keeps at most ${CASES_MAX} cases.`
}

/** "20 new, 3 changed, 1 deleted". */
export function importWords(mode: ImportMode, { cases, removed }: CaseImport): string {
  const count = (outcome: ImportOutcome) => cases.filter((one) => one.outcome === outcome).length
  const fresh = count('ADDED') + count('ALIKE')
  if (mode === 'ADD') {
    const skipped = count('SAME') > 0 ? `, ${count('SAME')} skipped` : ''
    return `${fresh} new${skipped}`
  }
  return `${fresh} new, ${count('CHANGED')} changed, ${count('SAME')} as before, ${removed.length} deleted`
}
