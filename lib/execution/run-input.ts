import type { AgentDefinition, AgentParameter } from '@/lib/agents/model'
import { type FieldError, invalid } from '@/lib/errors'
import type { ExecuteAgentInput } from '@/lib/execution/schema'

export type ParameterValue = string | number | boolean

/** What a run is given: a text, or values of the parameters that the revision declares. */
export type RunInput =
  | { kind: 'TEXT'; text: string }
  | { kind: 'PARAMETERS'; values: Readonly<Record<string, ParameterValue>> }

/**
 * Checks what the caller sent against what the revision declares. Null stands for a value that is left out.
 * @throws DomainError invalid at /input/<name> (or /parameters/<name>, by the caller's word for it)
 */
export function runInputOf(
  { parameters: declared }: Pick<AgentDefinition, 'parameters'>,
  { input, parameters }: Pick<ExecuteAgentInput, 'input' | 'parameters'>,
): RunInput {
  const place = parameters == null ? '/input' : '/parameters'
  if (typeof input === 'string') return textInput(declared, input)
  const given = new Map(
    Object.entries(parameters ?? input ?? {}).filter(([, value]) => value !== null),
  )
  const errors: FieldError[] = []
  const values: [string, ParameterValue][] = []
  for (const parameter of declared) {
    const value = given.get(parameter.name)
    given.delete(parameter.name)
    const detail = objectionTo(parameter, value)
    if (detail) errors.push({ pointer: `${place}/${parameter.name}`, detail })
    else if (value !== undefined) values.push([parameter.name, value as ParameterValue])
  }
  for (const name of given.keys()) {
    const pointer = `${place}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
    errors.push({ pointer, detail: 'The revision declares no such parameter.' })
  }
  if (errors.length > 0) throw invalid(errors)
  return { kind: 'PARAMETERS', values: Object.fromEntries(values) }
}

function textInput(declared: readonly AgentParameter[], text: string): RunInput {
  const missing = declared.filter(({ required }) => required).map(({ name }) => name)
  if (missing.length > 0) {
    const detail = `Send an object: the revision wants ${missing.join(', ')}.`
    throw invalid([{ pointer: '/input', detail }])
  }
  if (text.trim() === '') throw invalid([{ pointer: '/input', detail: 'The text is empty.' }])
  return { kind: 'TEXT', text }
}

const TYPE_WORDS = { STRING: 'a text', NUMBER: 'a number', BOOLEAN: 'true or false' } as const

function objectionTo({ type, required }: AgentParameter, value: unknown): string | null {
  if (value === undefined) return required ? 'This parameter is required.' : null
  return typeof value === type.toLowerCase() ? null : `Send ${TYPE_WORDS[type]}.`
}
