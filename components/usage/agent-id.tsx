import type { UsageName } from './usage-view'
import { type AgentNames, nameText } from './usage-words'

export type AgentIdProps = {
  by: UsageName
  name: string | undefined
  agents: AgentNames
}

/** Below what an agent is called: the id that programs report it by. Nothing where that is all there is. */
export function AgentId({ by, name = '', agents }: AgentIdProps) {
  if (by !== 'agent' || nameText(by, name, agents) === name || name === '') return null
  return <code className="block truncate text-muted text-xs">{name}</code>
}
