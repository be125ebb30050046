import { asksWords } from '@/components/datasets/dataset-words'
import type { Tone } from '@/components/ui/badge'
import type { CaseResult, ItemState } from '@/lib/evaluations/model'

/** A side of a case that has no score. */
export const SIDE_STATE_WORDS: Record<ItemState, { label: string; tone: Tone }> = {
  WAITING: { label: 'Waiting', tone: 'neutral' },
  DONE: { label: 'Not scored', tone: 'warning' },
  FAILED: { label: 'Failed', tone: 'danger' },
  SKIPPED: { label: 'Skipped', tone: 'neutral' },
}

const SHORT = 80

/** Its name, else how it begins; its number where no text of it is kept. */
export function caseName(result: CaseResult): string {
  const asks = asksWords(result)
  if (result.name !== null) return result.name
  if (asks === '') return `Case ${result.position}`
  return asks.length > SHORT ? `${asks.slice(0, SHORT)}…` : asks
}
