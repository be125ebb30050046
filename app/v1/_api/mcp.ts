import { z } from '@hono/zod-openapi'
import { INTEGRATION_ITEM } from '@/app/v1/_api/integration-resource'
import { parseStorableJson } from '@/app/v1/_api/json-body'
import { type Call, operation } from '@/app/v1/_api/operation'
import { ProblemError, problem } from '@/app/v1/_api/problem'
import type { Reply } from '@/app/v1/_api/reply'
import type { EncodedBody } from '@/app/v1/_api/request-body'
import { answerMcp } from '@/lib/integrations/answer-mcp'
import { MCP_CALLS_AT_ONCE, MCP_MAX_BYTES } from '@/lib/integrations/limits'
import type { McpPlace } from '@/lib/integrations/mcp-tool'
import { runtime } from '@/lib/runtime'

interface McpBody {
  headers: Headers
  message: unknown
}

const messageSchema = z
  .looseObject({
    jsonrpc: z.literal('2.0'),
    id: z.union([z.string(), z.int()]).optional(),
    method: z.string().openapi({ example: 'tools/list' }),
    params: z.looseObject({}).optional(),
  })
  .openapi('JsonRpcMessage')

const answerSchema = z
  .looseObject({
    jsonrpc: z.literal('2.0'),
    id: z.union([z.string(), z.int(), z.null()]),
    result: z.looseObject({}).optional(),
    error: z.looseObject({ code: z.int(), message: z.string() }).optional(),
  })
  .openapi('JsonRpcAnswer')

const read = async ({ bytes, headers }: EncodedBody): Promise<McpBody> => {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    const message = parseStorableJson(text)
    if (Array.isArray(message)) throw new ProblemError(oneMessageOnly())
    return { headers, message }
  } catch (error) {
    if (error instanceof ProblemError) throw error
    throw new ProblemError(problem('malformed_json', 'The body is not UTF-8.'))
  }
}

/** A batch would be hundreds of calls that limits count as one; the protocol has dropped them (2025-06-18). */
function oneMessageOnly() {
  const detail = 'Send one message a request: batches are not taken.'
  return problem('validation_failed', detail, { errors: [{ pointer: '', detail }] })
}

const mcpOperation = (facts: {
  id: string
  verb: string
  place: McpPlace
  summary: string
  description: string
}) =>
  operation<McpBody>({
    id: facts.id,
    tag: 'MCP',
    method: 'post',
    path: `${INTEGRATION_ITEM}/mcp:${facts.verb}`,
    summary: facts.summary,
    description: facts.description,
    scope: 'mcp:invoke',
    jsonRpc: true,
    body: {
      encoded: { maxBytes: MCP_MAX_BYTES, read },
      contentTypes: ['application/json'],
      documented: messageSchema,
      required: true,
    },
    success: { status: 200, description: 'The answer to the message.', schema: answerSchema },
    run: (call) => answer(call, facts.place),
  })

async function answer(call: Call<McpBody>, place: McpPlace): Promise<Reply> {
  const { headers, message } = call.body
  requireOwnOrigin(headers.get('origin'), call.publicUrl)
  const { mcp, prices, log } = runtime()
  const { id: requestId } = call.ctx.request
  const response = await answerMcp(
    call.ctx,
    { ...mcp, prices, onFailure: (err) => log.error({ err, requestId }, 'MCP tool failed') },
    {
      integration: call.text('integration'),
      place,
      url: `${call.publicUrl}${call.path}`,
      headers,
      body: message,
      signal: call.signal,
    },
  )
  const text = await response.text()
  const type = response.headers.get('content-type')
  return {
    status: response.status,
    body: text === '' ? null : text,
    headers: type === null ? {} : { 'Content-Type': type },
  }
}

/** A page of somebody else's that was led here by its own name (DNS rebinding) says where it is from. */
function requireOwnOrigin(origin: string | null, publicUrl: string): void {
  if (origin === null || origin === publicUrl) return
  throw new ProblemError(
    problem('foreign_origin', 'This is no address for pages of other sites: leave Origin out.'),
  )
}

const PROTOCOL = `JSON-RPC 2.0 over Streamable HTTP without sessions: initialize, ping, tools/list and tools/call, each a POST of its own that accepts application/json and text/event-stream; a notification is answered 202 without a body. The key of the integration comes as a Bearer token, and no other token is taken. A process works on ${MCP_CALLS_AT_ONCE} calls of an integration at once. Refusals are problem documents and JSON-RPC errors in one.`

export const MCP_OPERATIONS = [
  mcpOperation({
    id: 'callMcp',
    verb: 'call',
    place: 'PRODUCTION',
    summary: 'Call the MCP server of an integration',
    description: PROTOCOL,
  }),
  mcpOperation({
    id: 'testMcp',
    verb: 'test',
    place: 'SANDBOX',
    summary: 'Call the sandbox of an MCP server',
    description: `The same key and tools, without side effects: reads are real, runs of agents are simulated, and nothing is recorded of them, metered or spent. ${PROTOCOL}`,
  }),
]
