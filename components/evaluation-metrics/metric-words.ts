import type { ListFilter } from '@/components/settings/list-filters'
import type { DefinitionField, Metric } from '@/lib/evaluation-metrics/model'

/** Metrics in plain words. */

/** What every part of the section knows. */
export type MetricSetting = {
  tenant: string
  mayWrite: boolean
  /** The server's clock, epoch ms. */
  now: number
}

export type MetricOrigin = 'own' | 'built-in'
export type MetricState = 'in-use' | 'deprecated'

export const METRIC_FILTERS: readonly ListFilter[] = [
  {
    column: 'origin',
    label: 'Origin',
    options: [
      { value: 'own', label: 'Your own' },
      { value: 'built-in', label: 'Built in' },
    ],
  },
  {
    column: 'state',
    label: 'State',
    options: [
      { value: 'in-use', label: 'In use' },
      { value: 'deprecated', label: 'Deprecated' },
    ],
  },
]

export function originOf({ isSystem }: Metric): MetricOrigin {
  return isSystem ? 'built-in' : 'own'
}

export function stateOf({ isDeprecated }: Metric): MetricState {
  return isDeprecated ? 'deprecated' : 'in-use'
}

/** "1 agent", "3 agents". */
export function agentsWords(count: number): string {
  return count === 1 ? '1 agent' : `${count.toLocaleString('en-US')} agents`
}

export const FIELD_WORDS: Record<DefinitionField, string> = {
  name: 'Name',
  description: 'Instructions for the judge',
  defaultWeight: 'Default weight',
  levels: 'Scale',
  passScore: 'Passes from',
}

/** "name and scale". */
export function fieldsWords(fields: readonly DefinitionField[]): string {
  const words = fields.map((field) => FIELD_WORDS[field].toLowerCase())
  const last = words.pop() ?? ''
  return words.length === 0 ? last : `${words.join(', ')} and ${last}`
}

export function metricHref(tenant: string, metricId: string): string {
  return `/${tenant}/settings/evaluation-metrics/${metricId}`
}
