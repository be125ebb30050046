import { type OpenAPIHono, z } from '@hono/zod-openapi'
import { describedFields } from '@/app/v1/_api/openapi-fields'
import { problemResponses, registerProblems } from '@/app/v1/_api/openapi-problems'
import type { AnyOperation } from '@/app/v1/_api/operation'

type Registry = OpenAPIHono['openAPIRegistry']
/** The generated OpenAPI 3.1 document. */
export type ApiDocument = ReturnType<OpenAPIHono['getOpenAPI31Document']>

const DESCRIPTION = `Tokens, service accounts, their history, the organization, its members and its token policy.

Send every call with \`Authorization: Bearer <token>\`. Operations for people (billing, members, own account, own invitations) take the cookie of a session of the dashboard instead, from the pages of this site only; no token can do them. \`{tenant}\` is the slug or the id of the organization. Times are epoch milliseconds. Every refusal is an RFC 9457 problem.`

const TAGS = [
  { name: 'Tokens', description: 'Credentials of programs: personal and service-account tokens.' },
  { name: 'Token history', description: 'What was done to a token, and what was done with it.' },
  { name: 'Leaks', description: 'Tokens whose secret was found where it does not belong.' },
  { name: 'Service accounts', description: 'Workload identities and their tokens.' },
  { name: 'Service account history', description: 'The same two views, by account.' },
  { name: 'Agents', description: 'What runs, under the names that usage and budgets know.' },
  {
    name: 'Agent revisions',
    description: 'What an agent runs on: written once, deployed, and who did it by which token.',
  },
  {
    name: 'Agent collaborators',
    description: 'Who may do what with one agent, and who asks for it.',
  },
  { name: 'Executions', description: 'Runs of agents, and what each used and cost.' },
  { name: 'Usage intake', description: 'What programs report of their model calls.' },
  { name: 'Agent usage', description: 'What an agent used, and what that cost.' },
  { name: 'Budgets', description: 'How much may be spent in a month, and whether it is.' },
  { name: 'Agent budgets', description: 'The same for one agent.' },
  { name: 'Model prices', description: 'What models cost the organization, and since when.' },
  {
    name: 'Model providers',
    description: 'The accounts at providers of models that agents run on. Keys are write-only.',
  },
  {
    name: 'Evaluation metrics',
    description: 'The rubrics that runs are scored by, and which agent uses which.',
  },
  {
    name: 'Evaluations',
    description: 'Revisions of agents on the cases of a dataset: run, scored and compared.',
  },
  { name: 'Datasets', description: 'The cases that revisions of agents are evaluated on.' },
  {
    name: 'Billing',
    description:
      'What the organization pays. For admins and finance who are signed in. Amounts are decimal text in US dollars.',
  },
  {
    name: 'Inbound',
    description: 'Webhooks that other systems send in: where, and what became of them.',
  },
  { name: 'Integrations', description: 'What is offered to MCP clients, and by which key.' },
  { name: 'MCP', description: 'What MCP clients call.' },
  { name: 'Audit log', description: 'Everything that changed in the organization, hash-chained.' },
  { name: 'Organization', description: 'The organization that the token belongs to.' },
  { name: 'Members', description: 'Who belongs to the organization. For signed-in people only.' },
  { name: 'Own account', description: 'The signed-in person, in no organization in particular.' },
  { name: 'Own invitations', description: 'Where the signed-in person is asked to join.' },
  { name: 'Token policy', description: 'The rules that every token of the organization meets.' },
  {
    name: 'Signing a device in',
    description:
      'RFC 8628: a program without a browser gets a token that somebody approves in one.',
  },
  { name: 'Diagnostics', description: 'Is this credential good?' },
  {
    name: 'API keys (deprecated)',
    description: 'The older paths. They answer until their Sunset date; use the token paths.',
  },
  {
    name: 'Agent usage (deprecated)',
    description: 'Older paths of the agent usage operations.',
  },
  {
    name: 'Own account (deprecated)',
    description: 'The older path. It answers until its Sunset date; use users/me.',
  },
]

const PARAMETER_TEXTS: Record<string, string> = {
  tenant: 'Slug or id of the organization.',
  token: 'Id of the token.',
  serviceAccount: 'Id of the service account.',
  llmProvider: 'Name of the provider, as definitions of agents have it: openai.',
  llmConfig: 'Id of the config.',
  user: 'Id of the member.',
  invoice: 'Id of the invoice or credit note.',
  webhookProvider: '`generic`, `standard`, `github` or `stripe`, as the endpoint was made.',
  webhookId: 'Id of the endpoint.',
  webhook: 'Id of the endpoint; where deliveries are listed, `-` for all.',
  subscription: 'Id of the subscription.',
  delivery: 'Id of the delivery.',
  tenantId: 'Id of the organization.',
  deviceCode: 'The secret of the device.',
  userCode: 'The code that the device shows, with or without its dash.',
  ticket: 'The last part of the link in the e-mail.',
  agent: 'Id of the agent; where usage and budgets are read, whatever name was reported.',
  revision: 'Number of the revision; where usage is read, as it was reported, or `*` for all.',
}

/** The others are UUIDs. */
const TEXT_PARAMETERS = [
  'tenant',
  'ticket',
  'agent',
  'revision',
  'deviceCode',
  'userCode',
  'webhookProvider',
  'webhook',
  'llmProvider',
]

const ANSWER_HEADERS = {
  'X-Request-Id': 'Names this call in our logs.',
  'RateLimit-Policy': 'The limit: `"token";q=<calls>;w=<seconds>`; `"session"` for people.',
  RateLimit: 'Where the caller stands: `"token";r=<left>;t=<seconds to go>`.',
  'Fruxon-Token-Expiration':
    'When the calling token expires (RFC 3339); absent where it never does.',
}

/** Adds the security scheme, the problems and every operation. */
export function registerOperations(registry: Registry, operations: readonly AnyOperation[]): void {
  registry.registerComponent('securitySchemes', 'bearer', {
    type: 'http',
    scheme: 'bearer',
    description: 'A token: fx_pat_… of a person or fx_sat_… of a service account.',
  })
  registry.registerComponent('securitySchemes', 'session', {
    type: 'apiKey',
    in: 'cookie',
    name: '__Host-fruxon-session',
    description:
      'The session of somebody who is signed in to the dashboard; fruxon-session where the address is not https. What changes something must come with the Origin of this site.',
  })
  registerProblems(registry)
  for (const [name, description] of Object.entries(ANSWER_HEADERS)) {
    registry.registerComponent('headers', name, { description, schema: { type: 'string' } })
  }
  for (const operation of operations) registerOperation(registry, operation)
}

function registerOperation(registry: Registry, operation: AnyOperation): void {
  const query = queryShape(operation)
  registry.registerPath({
    operationId: operation.id,
    tags: [operation.tag],
    method: operation.method,
    path: operation.path,
    summary: operation.summary,
    ...(operation.description && { description: operation.description }),
    ...(operation.successor && { deprecated: true }),
    security: operation.isOpen ? [] : [securityOf(operation)],
    request: {
      params: z.object(pathShape(operation.path)),
      ...(query && { query: z.object(query) }),
      ...(!operation.peopleOnly &&
        !operation.isOpen &&
        operation.idempotent && { headers: z.object({ 'Idempotency-Key': idempotencyKey }) }),
      ...(operation.body && { body: requestBody(operation.body) }),
    },
    responses: {
      [operation.success.status]: successResponse(operation),
      ...waitingResponse(operation),
      ...problemResponses(operation),
    },
  })
}

/** The roles of an entry are all needed, not one of them. */
function securityOf(operation: Exclude<AnyOperation, { isOpen: true }>): Record<string, string[]> {
  if (operation.peopleOnly) return { session: operation.permission ? [operation.permission] : [] }
  return {
    bearer: [operation.readScope, operation.scope].filter((needed) => needed != null),
  }
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
      (TEXT_PARAMETERS.includes(name) ? z.string() : z.uuid()).openapi({
        param: { name, in: 'path', description: PARAMETER_TEXTS[name] ?? '' },
      }),
    ]),
  )
}

function queryShape(operation: AnyOperation): Record<string, z.ZodType> | undefined {
  if (!operation.query) return undefined
  return Object.fromEntries(
    operation.query.map(({ name, description, schema }) => [
      name,
      schema.optional().openapi({ param: { name, in: 'query', description } }),
    ]),
  )
}

const BYTES = { type: 'string' as const, format: 'binary' }

function requestBody(rule: NonNullable<AnyOperation['body']>) {
  if ('encoded' in rule) {
    const types = rule.contentTypes.map((type) => [
      type,
      { schema: type === 'application/json' ? rule.documented : BYTES },
    ])
    return { required: rule.required, content: Object.fromEntries(types) }
  }
  const schema = describedFields(rule.documented ?? rule.schema)
  return {
    required: rule.required,
    content: {
      'application/json': { schema },
      ...Object.fromEntries((rule.jsonTypes ?? []).map((type) => [type, { schema }])),
      ...(rule.form && { 'application/x-www-form-urlencoded': { schema } }),
    },
  }
}

/** Who calls decides what is said of them beside the answer. */
function answerHeaders({ peopleOnly, isOpen }: AnyOperation) {
  const names = Object.keys(ANSWER_HEADERS).filter((name) =>
    isOpen ? name === 'X-Request-Id' : !peopleOnly || name !== 'Fruxon-Token-Expiration',
  )
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]))
}

function waitingResponse(operation: AnyOperation) {
  const { waiting } = operation.success
  if (!waiting) return {}
  const { description, schema } = waiting
  const content = { 'application/json': { schema } }
  return { 202: { description, headers: answerHeaders(operation), content } }
}

function successResponse(operation: AnyOperation) {
  const { success } = operation
  const headers = answerHeaders(operation)
  const { description, schema, contentTypes } = success
  if (!contentTypes) {
    return { description, headers, ...(schema && { content: { 'application/json': { schema } } }) }
  }
  const content = Object.fromEntries(
    contentTypes.map((type) => [
      type,
      { schema: type === 'application/json' && schema ? schema : { type: 'string' as const } },
    ]),
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
