import { type IncomingHttpHeaders, request } from 'node:http'

export interface ApiCall {
  method?: string
  /** Sent as it is: nothing is encoded or normalised. */
  path: string
  token?: string
  /** A record, or raw pairs [name, value, …] for headers that come twice or in a strange form. */
  headers?: Record<string, string> | string[]
  /** A string or bytes go out as they are; anything else as JSON. */
  body?: unknown
}

export interface ApiAnswer {
  status: number
  headers: IncomingHttpHeaders
  /** [name, value, …] as received. */
  rawHeaders: string[]
  text: string
  /** @throws SyntaxError where the body is not JSON */
  json<T = Record<string, unknown>>(): T
}

/**
 * One HTTP call, by node:http and not `fetch`, which would tidy paths and refuse unusual headers: tests
 * of a front door must be able to knock wrongly.
 */
export function callApi(baseUrl: string, call: ApiCall): Promise<ApiAnswer> {
  const { hostname, port, host } = new URL(baseUrl)
  const payload = encodeBody(call.body)
  const headers = [
    ...pairs(call.headers ?? {}),
    ...(call.token === undefined ? [] : ['Authorization', `Bearer ${call.token}`]),
  ]
  if (!has(headers, 'host')) headers.push('Host', host)
  if (payload && !has(headers, 'content-type')) headers.push('Content-Type', 'application/json')
  if (payload && !has(headers, 'content-length') && !has(headers, 'transfer-encoding')) {
    headers.push('Content-Length', String(payload.length))
  }
  return new Promise((resolve, reject) => {
    const outgoing = request(
      { hostname, port, path: call.path, method: call.method ?? 'GET', headers, agent: false },
      (incoming) => {
        const chunks: Buffer[] = []
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
        incoming.once('error', reject)
        incoming.once('end', () => {
          const text = Buffer.concat(chunks).toString('utf8')
          resolve({
            status: incoming.statusCode ?? 0,
            headers: incoming.headers,
            rawHeaders: incoming.rawHeaders,
            text,
            json: () => JSON.parse(text),
          })
        })
      },
    )
    outgoing.once('error', reject)
    outgoing.end(payload)
  })
}

function encodeBody(body: unknown): Buffer | undefined {
  if (body === undefined) return undefined
  if (Buffer.isBuffer(body)) return body
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body))
}

function pairs(headers: Record<string, string> | string[]): string[] {
  return Array.isArray(headers) ? [...headers] : Object.entries(headers).flat()
}

function has(headers: string[], name: string): boolean {
  return headers.some((text, index) => index % 2 === 0 && text.toLowerCase() === name)
}
