import type { Scope } from '@/lib/access/scopes'

/** What an integration can offer to the clients of its MCP server; isomorphic. */

export const TOOL_IDS = ['run_agent', 'list_models', 'usage_summary'] as const
export type ToolId = (typeof TOOL_IDS)[number]

interface ToolFacts {
  title: string
  /** For models, which choose by it. */
  description: string
  /** For the admin who decides whether to offer it. */
  reveals: string
  /** What somebody must be able to do themselves to offer it by a token. */
  scope: Scope
  annotations: {
    readOnlyHint: boolean
    destructiveHint: boolean
    idempotentHint: boolean
    openWorldHint: boolean
  }
}

const READS = {
  readOnlyHint: true,
  destructiveHint: false,
  idempotentHint: true,
  openWorldHint: false,
}

export const TOOL_FACTS: Record<ToolId, ToolFacts> = {
  run_agent: {
    title: 'Run an agent',
    description:
      'Runs the deployed revision of one of the agents offered here and returns its answer. Each run is metered and costs money.',
    reveals: 'Runs the agents chosen below, at your cost, and returns their answers.',
    scope: 'agents:execute',
    annotations: {
      readOnlyHint: false,
      destructiveHint: false,
      idempotentHint: false,
      openWorldHint: true,
    },
  },
  list_models: {
    title: 'List models and prices',
    description:
      'Lists the models that have a price in this organization, with what a million tokens cost in US dollars. Narrow it by provider or words; read on with the cursor of the answer.',
    reveals: 'Every model with its price, the organization’s own prices among them.',
    scope: 'llm_providers:read',
    annotations: READS,
  },
  usage_summary: {
    title: 'Summarize usage and cost',
    description:
      'Sums model calls, tokens and cost in US dollars over a range of UTC days, by model or by agent, the dearest first.',
    reveals: 'Calls, tokens and cost of the whole organization, by model or agent.',
    scope: 'traces:read',
    annotations: READS,
  },
}

/** Each once, in the order of the catalogue. */
export function orderedTools(ids: readonly string[]): ToolId[] {
  return TOOL_IDS.filter((id) => ids.includes(id))
}
