import { type IncomingMessage, type RequestOptions, request as requestInTheClear } from 'node:http'
import { request as requestTls } from 'node:https'
import { forbiddenBaseUrl } from '@/lib/llm-providers/base-url'
import { lookUpPublic } from '@/lib/public-network'

/** However long a model thinks. */
const LONGEST_MS = 10 * 60 * 1000
const ANSWER_MAX_BYTES = 16 * 1024 * 1024
/** Statuses whose answers have no body; Response refuses one. */
const BODILESS = [204, 205, 304]

/** The address is one that a provider may not have; `message` is for people. */
export class ForbiddenAddressError extends Error {}

/** More was answered than any model writes. */
export class AnswerTooLargeError extends Error {}

/**
 * A `fetch` for the AI SDK that goes to the public Internet alone, by https, besides what the operator allows. A name
 * is looked up once, every address it has is checked, and that very address is connected to. Redirects are answered,
 * not followed: they would take the key along. An answer is read whole, up to a limit.
 * @param allowedOrigins reached although they are private or in the clear
 */
export function guardedFetch(allowedOrigins: readonly string[]): typeof fetch {
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input)
    // Once more: it may have been stored under other rules.
    const complaint = forbiddenBaseUrl(url, allowedOrigins)
    if (complaint !== null) throw new ForbiddenAddressError(complaint)
    if (typeof init?.body !== 'string') throw new TypeError('Only JSON is sent to providers.')
    const limit = AbortSignal.timeout(LONGEST_MS)
    const body = Buffer.from(init.body)
    return exchange(url, body, {
      method: init.method ?? 'POST',
      headers: {
        ...Object.fromEntries(new Headers(init.headers)),
        'content-length': body.byteLength,
        connection: 'close',
      },
      agent: false,
      signal: init.signal ? AbortSignal.any([init.signal, limit]) : limit,
      ...(allowedOrigins.includes(url.origin) ? {} : { lookup: lookUpPublic }),
    })
  }
}

function exchange(url: URL, body: Buffer, options: RequestOptions): Promise<Response> {
  const send = url.protocol === 'https:' ? requestTls : requestInTheClear
  return new Promise((resolve, reject) => {
    const request = send(url, options, (answer) => readWhole(answer).then(resolve, reject))
    request.on('error', reject)
    request.end(body)
  })
}

async function readWhole(answer: IncomingMessage): Promise<Response> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of answer as AsyncIterable<Buffer>) {
    size += part.byteLength
    if (size > ANSWER_MAX_BYTES) throw new AnswerTooLargeError('The answer is too large.')
    parts.push(part)
  }
  const status = answer.statusCode ?? 0
  const headers = new Headers()
  for (const [name, value] of Object.entries(answer.headers)) {
    if (typeof value === 'string') headers.set(name, value)
  }
  return new Response(BODILESS.includes(status) ? null : Buffer.concat(parts), { status, headers })
}
