import type { CaseText, CaseValue } from '@/lib/datasets/model'

/** What a form of a case holds while somebody types. */

export const VALUE_TYPES = ['TEXT', 'NUMBER', 'BOOLEAN'] as const
export type ValueType = (typeof VALUE_TYPES)[number]

export interface ValueDraft {
  key: number
  name: string
  type: ValueType
  /** `true` or `false` for BOOLEAN. */
  text: string
}

export interface CaseDraft {
  name: string
  asks: 'TEXT' | 'VALUES'
  input: string
  values: ValueDraft[]
  expected: string
}

/** @param parameterNames what other cases of the dataset give, for a new one */
export function newDraft(parameterNames: readonly string[] | null): CaseDraft {
  const values = (parameterNames ?? ['']).map((name, key) => valueDraft(key, name, ''))
  return { name: '', asks: parameterNames ? 'VALUES' : 'TEXT', input: '', values, expected: '' }
}

export function draftOf({ name, input, parameters, expected }: CaseText): CaseDraft {
  const entries = Object.entries(parameters ?? { '': '' })
  return {
    name: name ?? '',
    asks: parameters === null ? 'TEXT' : 'VALUES',
    input: input ?? '',
    values: entries.map(([key, value], index) => valueDraft(index, key, value)),
    expected: expected ?? '',
  }
}

function valueDraft(key: number, name: string, value: CaseValue): ValueDraft {
  const types = { string: 'TEXT', number: 'NUMBER', boolean: 'BOOLEAN' } as const
  const type = types[typeof value as keyof typeof types]
  return { key, name, type, text: String(value) }
}

export interface Complaint {
  /** As the server would name the place. */
  pointer: string
  detail: string
}

/** What the server could not see, because it would not reach it: names that are there twice, numbers that are none. */
export function complaintsOf({ asks, values }: CaseDraft): Complaint[] {
  if (asks === 'TEXT') return []
  return values.flatMap(({ key, name, type, text }) => {
    const found: Complaint[] = []
    const same = values.find((other) => other.name.trim() === name.trim())
    if (name.trim() === '' && text !== '') {
      found.push({ pointer: `/values/${key}/name`, detail: 'Name the parameter.' })
    }
    if (name.trim() !== '' && same?.key !== key) {
      found.push({ pointer: `/values/${key}/name`, detail: `There is a ${name.trim()} already.` })
    }
    if (type === 'NUMBER' && !isNumber(text)) {
      found.push({ pointer: `/values/${key}/text`, detail: 'This is no number.' })
    }
    return found
  })
}

/** As the API takes it. */
export function wishOf(draft: CaseDraft) {
  const { name, asks, input, expected } = draft
  const asked = asks === 'TEXT' ? { input } : { parameters: parametersOf(draft) }
  return { name: name.trim(), expected, ...asked }
}

function parametersOf({ values }: CaseDraft): Record<string, CaseValue> {
  const named = values.filter(({ name }) => name.trim() !== '')
  return Object.fromEntries(named.map((value) => [value.name.trim(), typedValue(value)]))
}

function typedValue({ type, text }: ValueDraft): CaseValue {
  if (type === 'NUMBER') return Number(text)
  return type === 'BOOLEAN' ? text === 'true' : text
}

function isNumber(text: string): boolean {
  return text.trim() !== '' && Number.isFinite(Number(text))
}
