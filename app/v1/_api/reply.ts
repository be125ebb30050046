import { type Problem, problemBody } from '@/app/v1/_api/problem'

/** What an operation answers, before the door adds the headers that every answer has. */
export interface Reply {
  status: number
  body: string | Uint8Array | ReadableStream<Uint8Array> | null
  headers: Readonly<Record<string, string>>
}

const JSON_HEADERS = { 'Content-Type': 'application/json' } as const
const NO_HEADERS = {} as const

export function json(value: unknown, status = 200, headers?: Record<string, string>): Reply {
  return {
    status,
    body: JSON.stringify(value),
    headers: headers ? { ...JSON_HEADERS, ...headers } : JSON_HEADERS,
  }
}

export function empty(): Reply {
  return { status: 204, body: null, headers: NO_HEADERS }
}

export function problemReply(problem: Problem, request: { instance: string; id: string }): Reply {
  return {
    status: problem.status,
    body: problemBody(problem, request),
    headers: { 'Content-Type': 'application/problem+json', ...problem.headers },
  }
}

/** The path of a URL without its query: what a problem names as its instance. */
export function pathOf(url: string): string {
  const start = url.indexOf('/', url.indexOf('://') + 3)
  const query = url.indexOf('?', start)
  const path = query === -1 ? url.slice(start) : url.slice(start, query)
  return path.length > 400 ? `${path.slice(0, 400)}…` : path
}

/** Headers of every answer, made once. HSTS only where the public address is https. */
export function standingHeaders(publicUrl: string): Readonly<Record<string, string>> {
  return Object.freeze({
    'Cache-Control': 'no-store',
    'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    ...(publicUrl.startsWith('https:') && {
      'Strict-Transport-Security': 'max-age=31536000; includeSubDomains',
    }),
  })
}
