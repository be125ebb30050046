import type { DatasetCase } from '@/lib/datasets/model'

/** The words of datasets, and what a list shows of a case. */

export function datasetHref(tenant: string, id: string): string {
  return `/${tenant}/settings/evaluation-metrics/datasets/${id}`
}

export function casesWords(count: number): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? 'case' : 'cases'}`
}

/** What a list shows of a case: enough to know it by. */
export interface CaseRow extends Pick<DatasetCase, 'id' | 'position' | 'name'> {
  /** The input, or the values with their names. */
  asks: string
  expected: string | null
  /** Names of its parameters; null for a text. */
  parameterNames: string[] | null
}

const EXCERPT = 200

export function rowOf({ id, position, name, expected, ...asked }: DatasetCase): CaseRow {
  return {
    id,
    position,
    name,
    asks: excerpt(asksWords(asked)),
    expected: expected === null ? null : excerpt(expected),
    parameterNames: asked.parameters === null ? null : Object.keys(asked.parameters),
  }
}

export function asksWords({
  input,
  parameters,
}: Pick<DatasetCase, 'input' | 'parameters'>): string {
  if (parameters === null) return input ?? ''
  return Object.entries(parameters)
    .map(([name, value]) => `${name}: ${value}`)
    .join(' · ')
}

export function excerpt(text: string): string {
  return text.length > EXCERPT ? `${text.slice(0, EXCERPT)}…` : text
}

/** How it is called where it has no name. */
export function caseLabel({ name, position }: Pick<CaseRow, 'name' | 'position'>): string {
  return name ?? `Case ${position}`
}

/** Who may do what, and where. */
export interface DatasetSetting {
  tenant: string
  mayWrite: boolean
  now: number
}
