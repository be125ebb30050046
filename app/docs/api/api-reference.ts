import { OpenAPIHono } from '@hono/zod-openapi'
import { type ApiDocument, openApiDocument, registerOperations } from '@/app/v1/_api/openapi'
import { OPERATIONS } from '@/app/v1/_api/operations'
import { curlExample } from './curl-example'
import { type FieldFacts, fieldsOf, type SchemaNode, typeName } from './schema-fields'

/** The OpenAPI document arranged for reading: the page shows what the API serves, never a second text. */

export interface OperationFacts {
  id: string
  method: string
  path: string
  summary: string
  description: string
  /** For people who are signed in; no token may call. */
  peopleOnly: boolean
  /** No credential is read. */
  isOpen: boolean
  /** Scopes, or permissions of a person. Empty where any accepted caller may. */
  scopes: readonly string[]
  isDeprecated: boolean
  parameters: readonly (FieldFacts & { place: string })[]
  body: { isRequired: boolean; fields: readonly FieldFacts[] } | null
  answer: { status: string; description: string; type: string | null; schema: string | null }
  refusals: readonly string[]
  curl: string
}

export interface OperationGroup {
  slug: string
  title: string
  description: string
  operations: readonly OperationFacts[]
}

export interface SchemaFacts {
  name: string
  fields: readonly FieldFacts[]
}

export interface ApiReference {
  groups: readonly OperationGroup[]
  schemas: readonly SchemaFacts[]
}

type PathItem = NonNullable<ApiDocument['paths']>[string]
type DocumentedOperation = NonNullable<PathItem['get']>

const METHODS = ['get', 'post', 'patch', 'delete'] as const

/** Everything the page shows, from the same list that makes the routes; made once a process. */
export function readApiReference(): ApiReference {
  reference ??= makeReference()
  return reference
}

let reference: ApiReference | undefined

function makeReference(): ApiReference {
  const app = new OpenAPIHono()
  registerOperations(app.openAPIRegistry, OPERATIONS)
  const document = openApiDocument(app)
  const operations = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = item[method]
      return operation
        ? [{ tag: operation.tags?.[0], facts: operationFacts(path, method, operation) }]
        : []
    }),
  )
  const groups = (document.tags ?? []).map(({ name, description = '' }) => ({
    slug: slugOf(name),
    title: name,
    description,
    operations: operations.filter(({ tag }) => tag === name).map(({ facts }) => facts),
  }))
  return { groups, schemas: schemasOf(document) }
}

function schemasOf(document: ApiDocument): SchemaFacts[] {
  return Object.entries(document.components?.schemas ?? {})
    .map(([name, schema]) => ({ name, fields: fieldsOf(schema as SchemaNode) }))
    .sort((a, b) => a.name.localeCompare(b.name))
}

function operationFacts(
  path: string,
  method: string,
  operation: DocumentedOperation,
): OperationFacts {
  const responses = Object.entries(operation.responses ?? {})
  const success = responses.find(([status]) => status.startsWith('2'))
  const body = bodyFacts(operation)
  const security = operation.security?.[0] ?? {}
  return {
    id: operation.operationId ?? `${method} ${path}`,
    method: method.toUpperCase(),
    path,
    summary: operation.summary ?? '',
    description: operation.description ?? '',
    peopleOnly: security.session !== undefined,
    isOpen: operation.security?.length === 0,
    scopes: security.bearer ?? security.session ?? [],
    isDeprecated: operation.deprecated === true,
    parameters: parameterFacts(operation),
    body,
    answer: answerFacts(success?.[0] ?? '', success?.[1]),
    refusals: responses.map(([status]) => status).filter((status) => !status.startsWith('2')),
    curl: curlExample({
      id: operation.operationId ?? '',
      method: method.toUpperCase(),
      path,
      peopleOnly: security.session !== undefined,
      isOpen: operation.security?.length === 0,
    }),
  }
}

function parameterFacts(operation: DocumentedOperation): OperationFacts['parameters'] {
  return (operation.parameters ?? []).flatMap((parameter) => {
    if (!('in' in parameter)) return []
    const schema = (parameter.schema ?? {}) as SchemaNode
    return [
      {
        name: parameter.name,
        place: parameter.in,
        type: typeName(schema),
        schema: null,
        isRequired: parameter.required === true,
        description: parameter.description ?? '',
        values: schema.enum?.map(String) ?? [],
      },
    ]
  })
}

function bodyFacts(operation: DocumentedOperation): OperationFacts['body'] {
  const body = operation.requestBody
  if (!body || !('content' in body)) return null
  const fields = fieldsOf((body.content['application/json']?.schema ?? {}) as SchemaNode)
  return fields.length === 0 ? null : { isRequired: body.required === true, fields }
}

function answerFacts(status: string, response: unknown): OperationFacts['answer'] {
  const { description = '', content } = (response ?? {}) as {
    description?: string
    content?: Record<string, { schema?: SchemaNode }>
  }
  const schema = content?.['application/json']?.schema
  if (schema) {
    const reference = schema.$ref ?? schema.items?.$ref
    return {
      status,
      description,
      type: typeName(schema),
      schema: reference?.split('/').at(-1) ?? null,
    }
  }
  return {
    status,
    description,
    type: content ? Object.keys(content).join(' or ') : null,
    schema: null,
  }
}

export function slugOf(title: string): string {
  return title
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
}
