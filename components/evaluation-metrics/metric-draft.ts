import { DEFAULT_WEIGHT } from '@/lib/evaluation-metrics/limits'
import {
  type Level,
  type Metric,
  USUAL_LEVELS,
  USUAL_PASS_SCORE,
} from '@/lib/evaluation-metrics/model'

/** What the form of a metric holds: numbers as they are typed. */

export interface LevelDraft {
  /** Of this row of the form, for its whole life. */
  id: number
  score: string
  label: string
  description: string
}

export interface MetricDraft {
  key: string
  /** Once somebody has typed a key, the name no longer makes it. */
  keyTouched: boolean
  name: string
  description: string
  defaultWeight: string
  levels: readonly LevelDraft[]
  /** The row of the lowest level that passes. */
  passId: number
}

export function draftOf(metric: Metric | null): MetricDraft {
  const levels = (metric?.levels ?? USUAL_LEVELS).map(levelDraft)
  const passScore = metric?.passScore ?? USUAL_PASS_SCORE
  return {
    key: metric?.key ?? '',
    keyTouched: metric !== null,
    name: metric?.name ?? '',
    description: metric?.description ?? '',
    defaultWeight: String(metric?.defaultWeight ?? DEFAULT_WEIGHT),
    levels,
    passId: levels.find(({ score }) => score === String(passScore))?.id ?? 0,
  }
}

function levelDraft({ score, label, description }: Level, id: number): LevelDraft {
  return { id, score: String(score), label, description }
}

/** One more at the top of the scale. */
export function withLevel({ levels }: Pick<MetricDraft, 'levels'>): LevelDraft[] {
  const highest = Math.max(0, ...levels.map(({ score }) => wholeNumber(score) ?? 0))
  const id = Math.max(0, ...levels.map((level) => level.id)) + 1
  return [...levels, { id, score: String(highest + 1), label: '', description: '' }]
}

/** "Tone of the answer" → `toneOfTheAnswer`; '' where nothing of it can be in a key. */
export function keyOfName(name: string): string {
  const words = name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .match(/[a-zA-Z0-9]+/g)
  if (!words) return ''
  const key = words
    .map((word, index) =>
      index === 0 ? word.toLowerCase() : word.charAt(0).toUpperCase() + word.slice(1).toLowerCase(),
    )
    .join('')
    .replace(/^[0-9]+/, '')
  return (key.charAt(0).toLowerCase() + key.slice(1)).slice(0, 64)
}

/** What the server is sent; what is no number goes as none, and is complained about there. */
export function wishOf(draft: MetricDraft) {
  const pass = draft.levels.find(({ id }) => id === draft.passId)
  return {
    name: draft.name,
    description: draft.description,
    defaultWeight: wholeNumber(draft.defaultWeight) ?? 0,
    levels: draft.levels.map(({ score, label, description }) => ({
      score: wholeNumber(score) ?? -1,
      label,
      description,
    })),
    passScore: wholeNumber(pass?.score ?? '') ?? -1,
  }
}

export function wholeNumber(text: string): number | null {
  return /^\d{1,4}$/.test(text.trim()) ? Number(text) : null
}
