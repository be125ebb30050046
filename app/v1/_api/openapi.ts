import { type OpenAPIHono, z } from '@hono/zod-openapi'
import { describedFields } from '@/app/v1/_api/openapi-fields'
import { problemResponses, registerProblems } from '@/app/v1/_api/openapi-problems'
import type { Operation } from '@/app/v1/_api/operation'

type Registry = OpenAPIHono['openAPIRegistry']
/** The generated OpenAPI 3.1 document. */
export type ApiDocument = ReturnType<OpenAPIHono['getOpenAPI31Document']>

const DESCRIPTION = `Tokens, service accounts, their history, the organization and its token policy.

Send every call with \`Authorization: Bearer <token>\`. \`{tenant}\` is the slug or the id of the organization. Times are epoch milliseconds. Every refusal is an RFC 9457 problem.`

const TAGS = [
  { name: 'Tokens', description: 'Credentials of programs: personal and service-account tokens.' },
  { name: 'Token history', description: 'What was done to a token, and what was done with it.' },
  { name: 'Service accounts', description: 'Workload identities and their tokens.' },
  { name: 'Service account history', description: 'The same two views, by account.' },
  { name: 'Audit log', description: 'Everything that changed in the organization, hash-chained.' },
  { name: 'Organization', description: 'The organization that the token belongs to.' },
  { name: 'Token policy', description: 'The rules that every token of the organization meets.' },
  { name: 'Diagnostics', description: 'Is this credential good?' },
  {
    name: 'API keys (deprecated)',
    description: 'The older paths. They answer until their Sunset date; use the token paths.',
  },
]

const PARAMETER_TEXTS: Record<string, string> = {
  tenant: 'Slug or id of the organization.',
  token: 'Id of the token.',
  serviceAccount: 'Id of the service account.',
}

const ANSWER_HEADERS = {
  'X-Request-Id': 'Names this call in our logs.',
  'RateLimit-Policy': 'The limit: `"token";q=<calls>;w=<seconds>`.',
  RateLimit: 'Where the token stands: `"token";r=<left>;t=<seconds to go>`.',
  'Fruxon-Token-Expiration':
    'When the calling token expires (RFC 3339); absent where it never does.',
}

/** Adds the security scheme, the problems and every operation. */
export function registerOperations(registry: Registry, operations: readonly Operation[]): void {
  registry.registerComponent('securitySchemes', 'bearer', {
    type: 'http',
    scheme: 'bearer',
    description: 'A token: fx_pat_… of a person or fx_sat_… of a service account.',
  })
  registerProblems(registry)
  for (const [name, description] of Object.entries(ANSWER_HEADERS)) {
    registry.registerComponent('headers', name, { description, schema: { type: 'string' } })
  }
  for (const operation of operations) registerOperation(registry, operation)
}

function registerOperation(registry: Registry, operation: Operation): void {
  const query = queryShape(operation)
  registry.registerPath({
    operationId: operation.id,
    tags: [operation.tag],
    method: operation.method,
    path: operation.path,
    summary: operation.summary,
    ...(operation.description && { description: operation.description }),
    ...(operation.successor && { deprecated: true }),
    security: [{ bearer: scopesNeeded(operation) }],
    request: {
      params: z.object(pathShape(operation.path)),
      ...(query && { query: z.object(query) }),
      ...(operation.idempotent && { headers: z.object({ 'Idempotency-Key': idempotencyKey }) }),
      ...(operation.body && { body: requestBody(operation.body) }),
    },
    responses: {
      [operation.success.status]: successResponse(operation),
      ...problemResponses(operation),
    },
  })
}

/** All of them, not one of them. */
function scopesNeeded({ readScope, scope }: Operation): string[] {
  return [readScope, scope].filter((needed) => needed != null)
}

const idempotencyKey = z
  .string()
  .min(1)
  .max(255)
  .optional()
  .openapi({
    param: {
      name: 'Idempotency-Key',
      in: 'header',
      description:
        'For 24 hours the same key makes one token; a replay answers with the same id and token null.',
    },
  })

function pathShape(path: string): Record<string, z.ZodType> {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '')
  return Object.fromEntries(
    names.map((name) => [
      name,
      (name === 'tenant' ? z.string() : z.uuid()).openapi({
        param: { name, in: 'path', description: PARAMETER_TEXTS[name] ?? '' },
      }),
    ]),
  )
}

function queryShape(operation: Operation): Record<string, z.ZodType> | undefined {
  if (!operation.query) return undefined
  return Object.fromEntries(
    operation.query.map(({ name, description, schema }) => [
      name,
      schema.optional().openapi({ param: { name, in: 'query', description } }),
    ]),
  )
}

function requestBody(rule: NonNullable<Operation['body']>) {
  const schema = describedFields(rule.schema)
  return {
    required: rule.required,
    content: {
      'application/json': { schema },
      ...(rule.form && { 'application/x-www-form-urlencoded': { schema } }),
    },
  }
}

function successResponse({ success }: Operation) {
  const headers = Object.fromEntries(
    Object.keys(ANSWER_HEADERS).map((name) => [name, { $ref: `#/components/headers/${name}` }]),
  )
  const { description, schema, contentTypes } = success
  if (schema) return { description, headers, content: { 'application/json': { schema } } }
  if (!contentTypes) return { description, headers }
  const content = Object.fromEntries(
    contentTypes.map((type) => [type, { schema: { type: 'string' as const } }]),
  )
  return { description, headers, content }
}

/** The document of the registered operations. Paths show the verb as callers write it: `tokens:generate`. */
export function openApiDocument(app: Pick<OpenAPIHono, 'getOpenAPI31Document'>): ApiDocument {
  return app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: { title: 'Fruxon settings API', version: '1.0.0', description: DESCRIPTION },
    servers: [{ url: '/' }],
    tags: TAGS,
  })
}
