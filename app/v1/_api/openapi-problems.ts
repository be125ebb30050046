import type { OpenAPIHono } from '@hono/zod-openapi'
import { z } from '@hono/zod-openapi'
import type { AnyOperation } from '@/app/v1/_api/operation'
import { PROBLEMS } from '@/app/v1/_api/problem-catalogue'

type Registry = OpenAPIHono['openAPIRegistry']

/** How every refusal looks (RFC 9457). Members beyond these depend on the kind of problem. */
const problemSchema = z
  .looseObject({
    type: z.url().openapi({ description: 'Identifies the kind of problem.' }),
    title: z.string(),
    status: z.number().int(),
    detail: z.string().openapi({ description: 'What was wrong with this request.' }),
    instance: z.string().openapi({
      description:
        'Path of the request, without its query and without what may be a credential in it.',
    }),
    code: z.string().openapi({ description: 'Stable: programs branch on it.' }),
    requestId: z.string().openapi({ description: 'Also in X-Request-Id. Quote it to support.' }),
    errors: z
      .array(z.strictObject({ pointer: z.string(), detail: z.string() }))
      .optional()
      .openapi({ description: 'Where: RFC 6901 pointers into the body, or /query/<name>.' }),
    missingScopes: z.array(z.string()).optional(),
    reason: z
      .string()
      .optional()
      .openapi({ description: '401 only, and only to the holder of a real token.' }),
    'violated-policies': z.array(z.string()).optional().openapi({ description: '429 only.' }),
  })
  .openapi('Problem')

const RESPONSE_NAMES: Record<number, string> = {
  400: 'BadRequest',
  401: 'Unauthorized',
  402: 'BudgetExhausted',
  403: 'Forbidden',
  404: 'NotFound',
  405: 'MethodNotAllowed',
  409: 'Conflict',
  410: 'Gone',
  413: 'PayloadTooLarge',
  415: 'UnsupportedMediaType',
  422: 'IdempotencyMismatch',
  429: 'TooManyRequests',
  500: 'InternalError',
  502: 'ProviderFailed',
  503: 'Unavailable',
  504: 'ProviderTimeout',
}

const text = { schema: { type: 'string' as const } }
const RESPONSE_HEADERS: Record<number, Record<string, { schema: { type: 'string' } }>> = {
  401: { 'WWW-Authenticate': text },
  403: { 'WWW-Authenticate': text },
  405: { Allow: text },
  429: { 'Retry-After': text, RateLimit: text, 'RateLimit-Policy': text },
  503: { 'Retry-After': text },
}

/** One shared response for each status, listing the codes it may carry. */
export function registerProblems(registry: Registry): void {
  registry.register('Problem', problemSchema)
  for (const [status, name] of Object.entries(RESPONSE_NAMES)) {
    const codes = Object.entries(PROBLEMS)
      .filter(([, entry]) => entry.status === Number(status))
      .map(([code, entry]) => `- \`${code}\`: ${entry.meaning}`)
    registry.registerComponent('responses', name, {
      description: codes.join('\n'),
      headers: { 'X-Request-Id': text, ...RESPONSE_HEADERS[Number(status)] },
      content: {
        'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
      },
    })
  }
}

/** Every refusal that the operation can answer, by status. */
export function problemResponses(operation: AnyOperation): Record<string, { $ref: string }> {
  const statuses = [400, 404, 500, 503]
  if (operation.isOpen) statuses.push(429)
  else statuses.push(...callerStatuses(operation))
  if (operation.conflicts) statuses.push(409)
  if (operation.runsModels) statuses.push(402, 502, 504)
  if (operation.ends) statuses.push(410)
  if (operation.body) statuses.push(413, 415)
  return Object.fromEntries(
    statuses
      .sort((a, b) => a - b)
      .map((status) => [
        String(status),
        { $ref: `#/components/responses/${RESPONSE_NAMES[status]}` },
      ]),
  )
}

/** Refusals of who calls, where somebody must say so. */
function callerStatuses(operation: Exclude<AnyOperation, { isOpen: true }>): number[] {
  // Also where no scope is needed: the key of an MCP server has no business there.
  const statuses = [401, 403]
  if (!operation.peopleOnly && operation.idempotent) statuses.push(422)
  if (operation.peopleOnly || !operation.unlimited) statuses.push(429)
  return statuses
}
