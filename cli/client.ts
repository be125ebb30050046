import { Failure } from './failure'
import { exchange } from './transport'

const TIMEOUT_MS = 30_000
const WAIT_MAX_SECONDS = 20
export const VERSION = '0.1.0'

export interface Request {
  method?: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  body?: unknown
  query?: Readonly<Record<string, string | number | undefined>>
}

export interface Answer {
  status: number
  header(name: string): string | null
  body: unknown
}

interface Problem {
  title?: string
  detail?: string
  code?: string
  reason?: string
  requestId?: string
  missingScopes?: string[]
  errors?: { pointer: string; detail: string }[]
}

/** HTTP to one server, with or without a token. Redirects are not followed: a token goes where it was meant to. */
export class Client {
  constructor(
    readonly baseUrl: string,
    private readonly token: string | null = null,
  ) {}

  /** Whatever was answered. @throws Failure network_error */
  async send(path: string, request: Request = {}): Promise<Answer> {
    const url = new URL(this.baseUrl + path)
    for (const [name, value] of Object.entries(request.query ?? {})) {
      if (value !== undefined) url.searchParams.append(name, String(value))
    }
    const headers: Record<string, string> = {
      Accept: 'application/json',
      'User-Agent': `fruxon-cli/${VERSION} node/${process.versions.node} ${process.platform}`,
    }
    if (this.token !== null) headers.Authorization = `Bearer ${this.token}`
    if (request.body !== undefined) headers['Content-Type'] = 'application/json'
    const body = request.body === undefined ? undefined : JSON.stringify(request.body)
    if (body !== undefined) headers['Content-Length'] = String(Buffer.byteLength(body))
    const { method = 'GET' } = request
    try {
      const received = await exchange(url, { method, headers, body, timeoutMs: TIMEOUT_MS })
      return { ...received, body: parsed(received.text) }
    } catch (error) {
      throw unreachable(url, error as Error)
    }
  }

  /** The body of a good answer; waits once where the server asks for it. @throws Failure */
  async call<T>(path: string, request: Request = {}): Promise<T> {
    let answer = await this.send(path, request)
    const wait = Number(answer.header('retry-after'))
    if (answer.status === 429 && wait > 0 && wait <= WAIT_MAX_SECONDS) {
      await new Promise((resolve) => setTimeout(resolve, wait * 1000))
      answer = await this.send(path, request)
    }
    if (answer.status >= 200 && answer.status < 300) return answer.body as T
    throw failureOf(answer)
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function unreachable(url: URL, error: Error): Failure {
  const { code } = error as { code?: string }
  const late = error.name === 'TimeoutError'
  const why = late ? `no answer within ${TIMEOUT_MS / 1000} seconds` : (code ?? error.message)
  return new Failure(
    'network_error',
    `${url.host} cannot be reached: ${why}.`,
    'Check the network, and --base-url or FRUXON_BASE_URL. fruxon doctor looks at all of it.',
  )
}

/** What a refusal means for whoever called. */
export function failureOf({ status, body }: Answer): Failure {
  const problem = (typeof body === 'object' && body !== null ? body : {}) as Problem
  const message = wordsOf(problem, status)
  if (status === 401) {
    return new Failure('auth_required', message, 'Run fruxon login, or give another FRUXON_TOKEN.')
  }
  if (status === 403) return new Failure('auth_required', message, powerHint(problem))
  if (status === 404) {
    return new Failure('not_found', message, 'Check the id, and the organization (--workspace).')
  }
  if (status === 409 || status === 410) return new Failure('conflict', message)
  if (status === 429) return new Failure('generic', message, 'Wait a minute, then try again.')
  if (status >= 500) {
    const quote = problem.requestId ? ` Quote request id ${problem.requestId} to support.` : ''
    return new Failure('server_error', message, `Try again in a moment.${quote}`)
  }
  if (status >= 400) return new Failure('validation', message)
  return new Failure(
    'server_error',
    `The server answered ${status}, which fruxon does not follow.`,
    'Check --base-url: it should lead straight to the API.',
  )
}

function wordsOf({ detail, title, errors = [] }: Problem, status: number): string {
  const said = detail ?? title ?? `The server answered ${status}.`
  if (errors.length < 2) return said
  return `${said} ${errors.map(({ pointer, detail }) => `${pointer}: ${detail}`).join(' ')}`
}

function powerHint({ missingScopes = [] }: Problem): string | undefined {
  if (missingScopes.length === 0) return undefined
  const preset = missingScopes.every((scope) => scope.endsWith(':read')) ? 'observer' : 'maintainer'
  return `Sign in with more: fruxon login --preset ${preset}.`
}
