import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A provider of models in memory, as far as chat completions go: for tests, and nothing of it is a model. */

export interface ChatRequest {
  authorization: string | undefined
  model: string
  messages: { role: string; content: unknown }[]
  /** The whole body. */
  body: Record<string, unknown>
}

export interface OpenAiServer {
  origin: string
  /** For a provider's base URL. */
  baseUrl: string
  /** The only key that it takes. It is repeated in refusals, as real providers do. */
  apiKey: string
  /** Every request that it has understood, oldest first. */
  requests: ChatRequest[]
  /** What it says. */
  reply: (request: ChatRequest) => string
  close(): Promise<void>
}

/** What it does when it is asked for a model of these names; every other name is answered. */
export const MISBEHAVING_MODELS = {
  /** 404, as for a model that there is not. */
  unknown: 'no-such-model',
  /** 429. */
  busy: 'busy-model',
  /** 500. */
  broken: 'broken-model',
  /** No answer at all. */
  silent: 'silent-model',
  /** 307 to where it would be answered. */
  moved: 'moved-model',
  /** 200, with a page instead of an answer. */
  nonsense: 'page-model',
} as const

/** Listens on a free port of 127.0.0.1; whoever calls it must allow `origin`. */
export async function startOpenAiServer(
  apiKey = 'sk-fake-0123456789abcdef',
): Promise<OpenAiServer> {
  const requests: ChatRequest[] = []
  const server = createServer(async (request, response) => {
    const chat = await chatOf(request)
    requests.push(chat)
    if (request.url?.startsWith('/v1/chat/completions') !== true) {
      refuse(response, 404, `Unknown address ${request.url}`)
    } else if (chat.authorization !== `Bearer ${apiKey}`) {
      refuse(response, 401, `Incorrect API key provided: ${chat.authorization}`)
    } else answer(response, chat, running.reply(chat))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const running: OpenAiServer = {
    origin,
    baseUrl: `${origin}/v1`,
    apiKey,
    requests,
    reply: () => 'Hello.',
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
  return running
}

async function chatOf(request: IncomingMessage): Promise<ChatRequest> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const body = JSON.parse(Buffer.concat(chunks).toString('utf8') || '{}')
  const { model = '', messages = [] } = body
  return { authorization: request.headers.authorization, model, messages, body }
}

function answer(response: ServerResponse, chat: ChatRequest, content: string): void {
  switch (chat.model) {
    case MISBEHAVING_MODELS.silent:
      return
    case MISBEHAVING_MODELS.unknown:
      refuse(response, 404, `The model ${chat.model} does not exist for ${chat.authorization}`)
      return
    case MISBEHAVING_MODELS.busy:
      refuse(response, 429, 'Rate limit reached')
      return
    case MISBEHAVING_MODELS.broken:
      refuse(response, 500, 'The server had an error')
      return
    case MISBEHAVING_MODELS.moved:
      response.writeHead(307, { Location: '/v1/chat/completions?again' }).end()
      return
    case MISBEHAVING_MODELS.nonsense:
      response.writeHead(200, { 'Content-Type': 'text/html' }).end('<h1>Welcome</h1>')
      return
    default:
      say(response, chat, content)
  }
}

function say(response: ServerResponse, chat: ChatRequest, content: string): void {
  const asked = chat.messages.map((message) => JSON.stringify(message.content)).join(' ')
  const [prompt, completion] = [countWords(asked), countWords(content)]
  reply(response, 200, {
    id: 'chatcmpl-fake',
    object: 'chat.completion',
    created: 1_700_000_000,
    model: chat.model,
    choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
    usage: {
      prompt_tokens: prompt,
      completion_tokens: completion,
      total_tokens: prompt + completion,
    },
  })
}

function refuse(response: ServerResponse, status: number, message: string): void {
  reply(response, status, { error: { message, type: 'invalid_request_error', code: null } })
}

function reply(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body))
}

function countWords(text: string): number {
  return text.match(/\S+/g)?.length ?? 0
}
