import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import type { Context } from 'hono'
import type { Reply } from '@/app/v1/_api/reply'
import type { ApiEnv } from '@/app/v1/_api/visit'

/**
 * Sends the answer. Under the Node server a whole body goes straight to the socket, because building a
 * Fetch Response only to take it apart again costs more than the rest of the door; elsewhere (Next,
 * tests), and for streams and HEAD, a Response is what Hono wants.
 */
export function send(
  c: Context<ApiEnv>,
  reply: Reply,
  headers: Record<string, string | number>,
): Response {
  const outgoing = (c.env as ApiEnv['Bindings'] | undefined)?.outgoing
  const isHead = c.req.raw.method === 'HEAD'
  const body = isHead ? givenUp(reply.body) : reply.body
  if (!outgoing || isHead || body instanceof ReadableStream) {
    return new Response(body as BodyInit | null, {
      status: reply.status,
      headers: headers as Record<string, string>,
    })
  }
  if (!outgoing.destroyed) {
    if (body !== null) headers['Content-Length'] = Buffer.byteLength(body)
    outgoing.writeHead(reply.status, headers)
    outgoing.end(body ?? undefined)
  }
  return RESPONSE_ALREADY_SENT
}

/** A stream that nobody will read is told so: it may hold a connection to the database. */
function givenUp(body: Reply['body']): Reply['body'] {
  if (!(body instanceof ReadableStream)) return body
  void body.cancel()
  return null
}
