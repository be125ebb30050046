import type { z } from 'zod'
import type { Context } from '@/lib/context'
import type { AgentRuns } from '@/lib/integrations/agent-runs'
import type { CalledIntegration } from '@/lib/integrations/mcp-access'
import type { ToolId } from '@/lib/integrations/tools'
import type { PriceBooks } from '@/lib/model-pricing/price-books'

/** PRODUCTION does what it says; SANDBOX reads what is there and changes nothing. */
export type McpPlace = 'PRODUCTION' | 'SANDBOX'

/** What the tools need of the process. */
export interface McpPorts {
  prices: PriceBooks
  runs: AgentRuns
  /** Of what nobody expected. */
  onFailure(error: unknown): void
}

/** One call of a tool. Its key was checked, and that the integration offers the tool. */
export interface ToolCall {
  ctx: Context
  integration: CalledIntegration
  place: McpPlace
  ports: McpPorts
  /** Aborted when the caller has left. */
  signal: AbortSignal
}

export interface ToolAnswer {
  structured: Record<string, unknown>
  /** For clients that read text; the structured answer as JSON unless told. */
  text?: string
}

/** A tool: what it takes, what it answers, and what it does. */
export interface McpTool<Input> {
  id: ToolId
  input: z.ZodType<Input>
  output: z.ZodType
  run(call: ToolCall, input: Input): Promise<ToolAnswer>
}

/** Names the input's type from its schema, then forgets it, so that all tools fit one list. */
export function mcpTool<Input>(tool: McpTool<Input>): McpTool<unknown> {
  return tool as McpTool<unknown>
}
