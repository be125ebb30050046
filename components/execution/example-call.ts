import type { AgentParameter } from '@/lib/agents/model'

const EXAMPLES = { STRING: '…', NUMBER: 1, BOOLEAN: true } as const

/** A curl command that runs the agent, with every parameter that it wants. */
export function exampleCall(address: string, parameters: readonly AgentParameter[]): string {
  const wanted = parameters.filter(({ required }) => required)
  const shown = wanted.length > 0 ? wanted : parameters.slice(0, 1)
  const input =
    parameters.length === 0
      ? '…'
      : Object.fromEntries(shown.map(({ name, type }) => [name, EXAMPLES[type]]))
  return `curl -X POST "${address}" \\
  -H "Authorization: Bearer $FRUXON_TOKEN" \\
  -H "Content-Type: application/json" \\
  -d '${JSON.stringify({ input })}'`
}
