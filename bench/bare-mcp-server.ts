import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage } from 'node:http'
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js'
import type { CallToolResult, Tool } from '@modelcontextprotocol/sdk/types.js'
import { z } from 'zod'

/**
 * What MCP servers are compared with: the SDK as its documentation has it, with the same tools and the very answers
 * that ours gave, from memory. No key, no access rules, no database, no activity, no limits.
 */

interface Recorded {
  tools: Tool[]
  answers: Record<string, CallToolResult>
}

const recorded: Recorded = JSON.parse(readFileSync(process.env.BENCH_RECORDED ?? '', 'utf8'))

function server(): McpServer {
  const made = new McpServer({ name: 'bare', version: '1.0.0' })
  for (const { name, title, description = '', annotations, inputSchema } of recorded.tools) {
    const fields = Object.keys(inputSchema.properties ?? {}).map((field) => [field, z.unknown()])
    made.registerTool(
      name,
      {
        title: title ?? name,
        description,
        inputSchema: Object.fromEntries(fields),
        ...(annotations && { annotations }),
      },
      () => recorded.answers[name] ?? { content: [] },
    )
  }
  return made
}

async function bodyOf(incoming: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = []
  for await (const part of incoming) parts.push(part)
  const text = Buffer.concat(parts).toString('utf8')
  return text === '' ? undefined : JSON.parse(text)
}

createServer(async (incoming, outgoing) => {
  if (incoming.method !== 'POST') return outgoing.writeHead(405).end()
  const body = await bodyOf(incoming)
  const transport = new StreamableHTTPServerTransport({ enableJsonResponse: true })
  const answering = server()
  outgoing.on('close', () => void answering.close())
  await answering.connect(transport as never)
  await transport.handleRequest(incoming, outgoing, body)
}).listen(Number(process.env.PORT), '127.0.0.1')
