import type { AgentParameter } from '@/lib/agents/model'

/**
 * What was typed, as a run wants it: what was left empty is left out, and what is no number goes as it is, so that the
 * answer says so at its field.
 */
export function inputOf(
  parameters: readonly AgentParameter[],
  typed: Readonly<Record<string, string>>,
): Record<string, unknown> {
  const values = parameters.map(({ name, type }) => {
    const text = typed[name] ?? ''
    if (text === '') return [name, undefined]
    if (type === 'BOOLEAN') return [name, text === 'true']
    const number = Number(text)
    return [name, type === 'NUMBER' && Number.isFinite(number) ? number : text]
  })
  return Object.fromEntries(values.filter(([, value]) => value !== undefined))
}
