import type { AgentDefinition } from '@/lib/agents/model'
import type { RunInput } from '@/lib/execution/run-input'

export interface Prompt {
  system: string
  user: string
}

const PLACEHOLDER = /\{\{\s*([A-Za-z][A-Za-z0-9_]{0,63})\s*\}\}/g
/** A model is always told something. */
const NOTHING_GIVEN = 'Begin.'

/**
 * What a model is told. Values take the places that the instructions have for them, and come as JSON in a message of
 * their own, so that none can be taken for another or for instructions around it. Put in once: what looks like a place
 * within a value stays as it is.
 */
export function promptOf(
  { instructions, parameters }: Pick<AgentDefinition, 'instructions' | 'parameters'>,
  input: RunInput,
): Prompt {
  const values = new Map(input.kind === 'TEXT' ? [] : Object.entries(input.values))
  const declared = new Set(parameters.map(({ name }) => name))
  const system = instructions.replace(PLACEHOLDER, (place, name: string) =>
    declared.has(name) ? String(values.get(name) ?? '') : place,
  )
  if (input.kind === 'TEXT') return { system, user: input.text }
  return { system, user: values.size > 0 ? JSON.stringify(input.values, null, 2) : NOTHING_GIVEN }
}
