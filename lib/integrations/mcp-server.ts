import { Server } from '@modelcontextprotocol/sdk/server/index.js'
import {
  CallToolRequestSchema,
  type CallToolResult,
  ErrorCode,
  ListToolsRequestSchema,
  McpError,
  type Tool,
} from '@modelcontextprotocol/sdk/types.js'
import { AjvJsonSchemaValidator } from '@modelcontextprotocol/sdk/validation/ajv'
import { z } from 'zod'
import { isDomainError } from '@/lib/errors'
import type { CalledIntegration } from '@/lib/integrations/mcp-access'
import type { McpTool, ToolCall } from '@/lib/integrations/mcp-tool'
import { listModelsTool } from '@/lib/integrations/tool-list-models'
import { runAgentTool } from '@/lib/integrations/tool-run-agent'
import { usageSummaryTool } from '@/lib/integrations/tool-usage-summary'
import { TOOL_FACTS, type ToolId } from '@/lib/integrations/tools'

const TOOLS: Record<ToolId, McpTool<unknown>> = {
  run_agent: runAgentTool,
  list_models: listModelsTool,
  usage_summary: usageSummaryTool,
}

const VERSION = '1.0.0'

/**
 * Only for questions to a client’s user, which no tool of ours asks. Each server would make one of its own, which takes
 * half a millisecond.
 */
const jsonSchemaValidator = new AjvJsonSchemaValidator()

/** A server for one message: nothing of one client is there when the next one asks. */
export function mcpServer(call: Omit<ToolCall, 'signal'>): Server {
  const { integration, place } = call
  const sandbox = place === 'SANDBOX' ? ' This is the sandbox: runs are simulated.' : ''
  const instructions = `${integration.instructions}${sandbox}`.trim()
  const server = new Server(
    { name: integration.id, title: integration.displayName, version: VERSION },
    { capabilities: { tools: {} }, jsonSchemaValidator, ...(instructions && { instructions }) },
  )
  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: toolsOf(integration) }))
  server.setRequestHandler(CallToolRequestSchema, ({ params }, { signal }) =>
    callTool({ ...call, signal }, params.name, params.arguments ?? {}),
  )
  return server
}

/** As clients are told of them; made once, but for the agents, which are of the integration. */
function toolsOf({ tools, agents }: CalledIntegration): Tool[] {
  return tools.map((id) => (id === 'run_agent' ? withAgents(described(id), agents) : described(id)))
}

const descriptions = new Map<ToolId, Tool>()

function described(id: ToolId): Tool {
  const known = descriptions.get(id)
  if (known) return known
  const { title, description, annotations } = TOOL_FACTS[id]
  const { input, output } = TOOLS[id]
  const tool = {
    name: id,
    title,
    description,
    inputSchema: z.toJSONSchema(input, { io: 'input' }) as Tool['inputSchema'],
    outputSchema: z.toJSONSchema(output, { io: 'output' }) as Tool['outputSchema'],
    annotations: { title, ...annotations },
  }
  descriptions.set(id, tool)
  return tool
}

/** Models choose better from a list than from a description. */
function withAgents(tool: Tool, agents: CalledIntegration['agents']): Tool {
  const { properties } = tool.inputSchema
  const agent = {
    ...properties?.agent,
    enum: agents.map(({ id }) => id),
    description: `The agent: ${agents.map(({ id, displayName }) => `${id} (${displayName})`).join(', ')}.`,
  }
  return { ...tool, inputSchema: { ...tool.inputSchema, properties: { ...properties, agent } } }
}

/** What goes wrong in a tool is an answer to the model, in our words; only a tool that is not there is an error. */
async function callTool(call: ToolCall, name: string, given: unknown): Promise<CallToolResult> {
  const id = call.integration.tools.find((tool) => tool === name)
  if (!id) throw new McpError(ErrorCode.InvalidParams, 'This server offers no such tool.')
  const parsed = TOOLS[id].input.safeParse(given)
  if (!parsed.success) return refused(parsed.error.issues.map(wordsOf))
  try {
    const { structured, text } = await TOOLS[id].run(call, parsed.data)
    return {
      content: [{ type: 'text', text: text ?? JSON.stringify(structured) }],
      structuredContent: structured,
    }
  } catch (error) {
    if (isDomainError(error)) {
      return refused(error.errors.length > 0 ? error.errors.map(fieldWords) : [error.message])
    }
    call.ports.onFailure(error)
    return refused([
      `Something broke on our side. Quote the request id ${call.ctx.request.id} to support.`,
    ])
  }
}

function refused(reasons: readonly string[]): CallToolResult {
  return { content: [{ type: 'text', text: reasons.join('\n') }], isError: true }
}

function wordsOf(issue: z.core.$ZodIssue): string {
  const place = issue.path.join('.')
  return place === '' ? issue.message : `${place}: ${issue.message}`
}

function fieldWords({ pointer, detail }: { pointer: string; detail: string }): string {
  const place = pointer.split('/').filter(Boolean).join('.')
  return place === '' ? detail : `${place}: ${detail}`
}
