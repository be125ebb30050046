import { ZodError } from 'zod'
import { isDatabaseOutage } from '@/app/v1/_api/database-outage'
import { pointerOf } from '@/app/v1/_api/json-pointer'
import { type CatalogueEntry, PROBLEMS } from '@/app/v1/_api/problem-catalogue'
import { type DomainError, type ErrorKind, type FieldError, isDomainError } from '@/lib/errors'
import { withoutSecrets } from '@/lib/tokens/secrets-in-text'

/** An RFC 9457 problem before it knows which request it answers. */
export interface Problem {
  status: number
  code: string
  type: string
  title: string
  detail: string
  errors: readonly FieldError[]
  missingScopes: readonly string[]
  /** Members of this kind of problem only, such as `violated-policies`. */
  members: Readonly<Record<string, unknown>>
  headers: Readonly<Record<string, string>>
}

/** A refusal by the door itself; the core throws `DomainError`. */
export class ProblemError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail)
    this.name = 'ProblemError'
  }
}

const KIND_STATUS: Record<ErrorKind, number> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  gone: 410,
  'idempotency-mismatch': 422,
  'too-large': 413,
  throttled: 429,
  unavailable: 503,
  'over-budget': 402,
  'upstream-failed': 502,
  'upstream-timeout': 504,
}

const STATUS_TITLES: Record<number, string> = {
  400: 'The request needs a change',
  401: 'The credential is not accepted',
  402: 'Nothing left to spend',
  403: 'Not allowed',
  404: 'Not found',
  409: 'Conflict with the present state',
  410: 'Over',
  413: 'Too large',
  422: 'Cannot be processed',
  429: 'Too many requests',
  502: 'The provider failed',
  503: 'Unavailable for a moment',
  504: 'The provider took too long',
}

/** Stable identifier of a kind of problem; also the anchor of its documentation. */
export function problemType(code: string): string {
  return PROBLEMS[code]?.type ?? `https://docs.fruxon.com/problems/${code}`
}

type Details = Partial<Pick<Problem, 'errors' | 'missingScopes' | 'members' | 'headers'>>

/** A problem of the catalogue with the words of this case. */
export function problem(
  code: keyof typeof PROBLEMS,
  detail: string,
  details: Details = {},
): Problem {
  const entry = PROBLEMS[code] as CatalogueEntry
  return build(code, entry.status, entry.title, detail, details)
}

function build(
  code: string,
  status: number,
  title: string,
  detail: string,
  details: Details,
): Problem {
  return {
    status,
    code,
    type: problemType(code),
    title,
    detail,
    errors: details.errors ?? [],
    missingScopes: details.missingScopes ?? [],
    members: details.members ?? {},
    headers: details.headers ?? {},
  }
}

/**
 * What the caller is told about any failure. Whatever was not thrown on purpose becomes a 500 (or, where
 * the database is away, a 503) that says nothing of our inside.
 */
export function problemOf(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem
  if (isDomainError(error)) return ofDomainError(error)
  if (error instanceof ZodError) return ofZodError(error)
  if (isDatabaseOutage(error)) {
    return problem('unavailable', 'The database does not answer. Try again in a few seconds.', {
      headers: { 'Retry-After': '5' },
    })
  }
  return problem('internal_error', 'Something broke on our side. Quote the request id to support.')
}

function ofDomainError(error: DomainError): Problem {
  const status = KIND_STATUS[error.kind]
  const title = PROBLEMS[error.code]?.title ?? STATUS_TITLES[status] ?? 'Refused'
  const headers: Record<string, string> = {}
  if (error.retryAfterSeconds !== null) headers['Retry-After'] = String(error.retryAfterSeconds)
  else if (status === 503) headers['Retry-After'] = '5'
  if (error.missingScopes.length > 0) {
    headers['WWW-Authenticate'] =
      `Bearer error="insufficient_scope", scope="${error.missingScopes.join(' ')}"`
  } else if (status === 401) headers['WWW-Authenticate'] = 'Bearer'
  return build(error.code, status, title, error.message, {
    errors: error.errors,
    missingScopes: error.missingScopes,
    headers,
  })
}

/** Every failing field with its JSON pointer; an unknown field gets a pointer of its own. */
export function fieldErrors(error: ZodError): FieldError[] {
  return error.issues.flatMap((issue): FieldError[] => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({
        pointer: pointerOf([...issue.path, key]),
        detail: 'There is no such field.',
      }))
    }
    return [{ pointer: pointerOf(issue.path), detail: issue.message }]
  })
}

function ofZodError(error: ZodError): Problem {
  const errors = fieldErrors(error)
  const first = errors[0]
  const detail =
    errors.length === 1 && first ? first.detail : `${errors.length} fields need another value.`
  return problem('validation_failed', detail, { errors })
}

/** What JSON-RPC 2.0 has a code of its own for. */
const JSON_RPC_CODES: Readonly<Record<string, number>> = {
  malformed_json: -32_700,
  validation_failed: -32_600,
}
const SERVER_ERROR = -32_000

/** The same problem, which clients that speak JSON-RPC can read as an error of theirs. */
export function asJsonRpcError(problem: Problem): Problem {
  const code = JSON_RPC_CODES[problem.code] ?? SERVER_ERROR
  const error = { code, message: problem.detail, data: { code: problem.code } }
  return { ...problem, members: { ...problem.members, jsonrpc: '2.0', id: null, error } }
}

/** The JSON text of a problem. `instance` is the path of the request without its query. */
export function problemBody(problem: Problem, request: { instance: string; id: string }): string {
  const text = JSON.stringify({
    type: problem.type,
    title: problem.title,
    status: problem.status,
    detail: problem.detail,
    instance: request.instance,
    code: problem.code,
    requestId: request.id,
    ...(problem.errors.length > 0 && { errors: problem.errors }),
    ...(problem.missingScopes.length > 0 && { missingScopes: problem.missingScopes }),
    ...problem.members,
  })
  return withoutSecrets(text)
}
