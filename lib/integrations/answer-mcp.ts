import { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js'
import type { Context } from '@/lib/context'
import { authorizeMcp, calledIntegration } from '@/lib/integrations/mcp-access'
import type { McpGate } from '@/lib/integrations/mcp-gate'
import { mcpServer } from '@/lib/integrations/mcp-server'
import type { McpPlace, McpPorts } from '@/lib/integrations/mcp-tool'

/** A JSON-RPC message as it came over Streamable HTTP. */
export interface McpMessage {
  /** Id or uid, of the path. */
  integration: string
  place: McpPlace
  url: string
  headers: Headers
  /** Parsed JSON. */
  body: unknown
}

/**
 * Answers a message to the MCP server of an integration. Each message stands for itself: there are no sessions, so any
 * process may answer any of them.
 * @throws DomainError forbidden | not-found | throttled `too_many_mcp_calls`
 */
export async function answerMcp(
  ctx: Context,
  { gate, ...ports }: McpPorts & { gate: McpGate },
  message: McpMessage,
): Promise<Response> {
  const owner = authorizeMcp(ctx)
  return gate.through(owner.integrationId, async () => {
    const integration = await calledIntegration(
      ctx.db.pool,
      ctx.organization.id,
      owner,
      message.integration,
    )
    const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true })
    const server = mcpServer({ ctx, integration, place: message.place, ports })
    try {
      await server.connect(transport)
      const request = new Request(message.url, { method: 'POST', headers: message.headers })
      return await transport.handleRequest(request, { parsedBody: message.body })
    } finally {
      await server.close()
    }
  })
}
