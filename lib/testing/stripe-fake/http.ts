import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FakeAccount } from '@/lib/testing/stripe-fake/account'
import type { Answer, FakeApi } from '@/lib/testing/stripe-fake/api'
import type { Fault, Faults } from '@/lib/testing/stripe-fake/faults'
import { answerPage } from '@/lib/testing/stripe-fake/pages'
import { matchRoute } from '@/lib/testing/stripe-fake/routes'

interface Parts {
  api: FakeApi
  faults: Faults
  key: string
}

interface Asked {
  method: string
  path: string
  query: string
  body: string
}

/** Answers a call of the API, or fails it as planned. */
export async function answerApi(
  { api, faults, key }: Parts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { method, path, query, body } = await read(request)
  const fault = faults.take(matchRoute(method, path)?.route.on ?? path)
  if (fault !== null && !fault.endsWith('after')) {
    misbehave(fault, request, response)
    return
  }
  const answered = api.answer({
    method,
    path,
    form: [query, body].filter(Boolean).join('&'),
    isAuthorized: request.headers.authorization === `Bearer ${key}`,
    idempotencyKey: String(request.headers['idempotency-key'] ?? '') || null,
  })
  if (fault !== null) misbehave(fault, request, response)
  else send(response, answered.status, answered.body, headersOf(answered))
}

/** Serves a page, or sends its visitor on. */
export async function answerBrowser(
  account: FakeAccount,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { method, path, body } = await read(request)
  account.request = { id: null, idempotency_key: null }
  const answer = answerPage(account, { method, path, form: body })
  if (answer.status === 303) response.writeHead(303, { location: answer.location }).end()
  else {
    response.writeHead(answer.status, { 'content-type': 'text/html; charset=utf-8' })
    response.end(answer.html)
  }
}

/** A defect of the fake: the test fails at the call that met it. */
export function sendDefect(error: unknown, response: ServerResponse): void {
  const message = error instanceof Error ? `${error.message}\n${error.stack}` : String(error)
  send(response, 500, { error: { type: 'api_error', message: `Fake: ${message}` } }, {})
}

async function read(request: IncomingMessage): Promise<Asked> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const { pathname, search } = new URL(request.url ?? '/', 'http://localhost')
  const body = Buffer.concat(chunks).toString('utf8')
  return { method: request.method ?? 'GET', path: pathname, query: search.slice(1), body }
}

function headersOf({ status, requestId, isReplayed }: Answer): Record<string, string> {
  return {
    'request-id': requestId,
    ...(isReplayed ? { 'idempotent-replayed': 'true' } : {}),
    ...(status >= 400 ? { 'stripe-should-retry': 'false' } : {}),
  }
}

function misbehave(fault: Fault, request: IncomingMessage, response: ServerResponse): void {
  if (fault.startsWith('reset')) request.socket.resetAndDestroy()
  else if (fault === 'rate limit') {
    const error = {
      type: 'invalid_request_error',
      code: 'rate_limit',
      message: 'Too many requests',
    }
    send(response, 429, { error }, { 'stripe-should-retry': 'true' })
  } else if (fault.startsWith('server error')) {
    const error = { type: 'api_error', message: 'An unknown error occurred' }
    send(response, 500, { error }, {})
  }
  // A timeout is no answer at all: the caller has to give up.
}

function send(
  response: ServerResponse,
  status: number,
  body: object,
  headers: Record<string, string>,
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(JSON.stringify(body))
}
