import { type DomainError, type FieldError, invalid, isDomainError } from '@/lib/errors'
import { changedDefinition, newDefinition } from '@/lib/evaluation-metrics/definition'
import {
  changedFields,
  type DefinitionField,
  type Metric,
  type MetricDefinition,
} from '@/lib/evaluation-metrics/model'
import type { CreateMetric } from '@/lib/evaluation-metrics/schema'
import { isSystemKey } from '@/lib/evaluation-metrics/system-metrics'

/** What an import does with one metric of the file, and why it leaves one as it is. */
export type PlannedMetric = { key: string; name: string } & (
  | { outcome: 'CREATED' }
  | { outcome: 'CHANGED'; changed: DefinitionField[] }
  | { outcome: 'SKIPPED'; reason: 'SAME' | 'BUILT_IN' | 'DEPRECATED' }
)

/** The same with what is written. */
export type Step = PlannedMetric & { definition: MetricDefinition; existing: Metric | null }

/**
 * What a file comes to beside the metrics that are there: made by key, changed where the text is another, and
 * skipped where it is the same, built in or deprecated.
 * @throws DomainError invalid at /metrics/n/passScore
 */
export function planImport(file: readonly CreateMetric[], own: readonly Metric[]): Step[] {
  const existing = new Map(own.map((metric) => [metric.key, metric]))
  const errors: FieldError[] = []
  const steps = file.flatMap((wish, index) => {
    try {
      return [stepOf(wish, existing.get(wish.key) ?? null)]
    } catch (error) {
      if (!isDomainError(error)) throw error
      errors.push(...placed(error, index))
      return []
    }
  })
  if (errors.length > 0) throw invalid(errors)
  return steps
}

function stepOf({ key, ...wish }: CreateMetric, existing: Metric | null): Step {
  const definition = existing ? changedDefinition(existing, wish) : newDefinition(wish)
  const facts = { key, name: definition.name, definition, existing }
  if (isSystemKey(key)) return { ...facts, outcome: 'SKIPPED', reason: 'BUILT_IN' }
  if (!existing) return { ...facts, outcome: 'CREATED' }
  const changed = changedFields(existing, definition)
  if (changed.length === 0) return { ...facts, outcome: 'SKIPPED', reason: 'SAME' }
  if (existing.isDeprecated) return { ...facts, outcome: 'SKIPPED', reason: 'DEPRECATED' }
  return { ...facts, outcome: 'CHANGED', changed }
}

function placed(error: DomainError, index: number): FieldError[] {
  return error.errors.map(({ pointer, detail }) => ({
    pointer: `/metrics/${index}${pointer}`,
    detail,
  }))
}
