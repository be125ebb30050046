import { DEFAULT_WEIGHT } from '@/lib/evaluation-metrics/limits'
import {
  definitionOf,
  type MetricDefinition,
  USUAL_LEVELS,
  USUAL_PASS_SCORE,
} from '@/lib/evaluation-metrics/model'
import { passScoreIsNoLevel } from '@/lib/evaluation-metrics/refusals'
import type { CreateMetric } from '@/lib/evaluation-metrics/schema'

/** What is asked for, made whole. */

type Wish = Omit<CreateMetric, 'key'>

/** @throws DomainError invalid at /passScore */
export function newDefinition(wish: Wish): MetricDefinition {
  const levels = wish.levels ?? USUAL_LEVELS
  return checked({
    name: wish.name,
    description: wish.description,
    defaultWeight: wish.defaultWeight ?? DEFAULT_WEIGHT,
    levels,
    passScore: wish.passScore ?? (wish.levels ? upperMiddle(wish.levels) : USUAL_PASS_SCORE),
  })
}

/** @throws DomainError invalid at /passScore */
export function changedDefinition(before: MetricDefinition, wish: Wish): MetricDefinition {
  return checked({
    name: wish.name,
    description: wish.description,
    defaultWeight: wish.defaultWeight ?? before.defaultWeight,
    levels: wish.levels ?? before.levels,
    passScore: wish.passScore ?? before.passScore,
  })
}

/** Where nobody says what passes: the upper part of the scale does. */
function upperMiddle(levels: readonly { score: number }[]): number | null {
  return levels[Math.floor(levels.length * 0.6)]?.score ?? null
}

function checked(definition: MetricDefinition): MetricDefinition {
  const scores = definition.levels.map(({ score }) => score)
  if (definition.passScore === null || !scores.includes(definition.passScore)) {
    throw passScoreIsNoLevel(scores)
  }
  return definitionOf(definition)
}
