import { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js'
import type { Context } from '@/lib/context'
import { failedCall } from '@/lib/execution/run-failure'
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
  /** Ends the call, and what a tool has begun, when the client has left. */
  signal?: AbortSignal
}

/**
 * Answers a message to the MCP server of an integration. Each message stands for itself: there are no sessions, so any
 * process may answer any of them.
 * @throws DomainError forbidden | not-found | throttled `too_many_mcp_calls` | conflict `run_cancelled`
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
      const answer = transport.handleRequest(request, { parsedBody: message.body })
      return await Promise.race([answer, departure(message.signal)])
    } finally {
      // Aborts the signal of a tool that is still at work.
      await server.close()
    }
  })
}

/** Rejects when the client has left; a closed transport would keep its caller waiting for ever. */
function departure(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_, reject) => {
    const leave = () => reject(failedCall('run_cancelled'))
    if (signal?.aborted) leave()
    else signal?.addEventListener('abort', leave, { once: true })
  })
}
