import { z } from 'zod'
import type { ApiAnswer, ApiCall } from '@/e2e/support/api-client'

type JsonObject = Record<string, unknown>
type ZodJsonSchema = Exclude<Parameters<typeof z.fromJSONSchema>[0], boolean>

export interface DocumentedOperation {
  id: string
  method: string
  path: string
  /** All of them are needed. Empty where it is for people only. */
  scopes: string[]
  /** For people who are signed in: every token is refused. */
  peopleOnly: boolean
  /** For anybody: no credential is read. */
  isOpen: boolean
  deprecated: boolean
  /** Schema of the JSON body, null where the operation takes none. */
  body: JsonObject | null
  queryNames: string[]
  takesIdempotencyKey: boolean
  responses: JsonObject
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete']
const STANDING_HEADERS: Record<string, RegExp> = {
  'cache-control': /no-store/,
  'content-security-policy': /frame-ancestors 'none'/,
  'referrer-policy': /^no-referrer$/,
  'x-content-type-options': /^nosniff$/,
  'x-request-id': /^[0-9a-f-]{36}$/,
}

/** What /v1/openapi.json promises, and the check that an answer keeps it. */
export class Contract {
  readonly document: JsonObject
  readonly operations: readonly DocumentedOperation[]
  readonly #validators = new Map<string, z.ZodType>()

  constructor(document: JsonObject) {
    this.document = document
    this.operations = readOperations(document)
  }

  static async of(url: string): Promise<Contract> {
    const answer = await fetch(`${url}/v1/openapi.json`)
    return new Contract((await answer.json()) as JsonObject)
  }

  find(id: string): DocumentedOperation {
    const found = this.operations.find((operation) => operation.id === id)
    if (!found) throw new Error(`The document has no operation ${id}.`)
    return found
  }

  /** The operation that a request line reaches, or undefined; a literal path wins over a parameter. */
  match(method: string, target: string): DocumentedOperation | undefined {
    // As any reader of a URL does, servers included: dot segments are resolved first.
    const path = new URL(`http://host${target}`).pathname.replaceAll(/%3a/gi, ':')
    const wanted = method === 'HEAD' ? 'GET' : method
    const reached = this.operations.filter((operation) => patternOf(operation.path).test(path))
    const literal = Math.min(...reached.map((operation) => parametersOf(operation.path)))
    return reached.find(
      (operation) => parametersOf(operation.path) === literal && operation.method === wanted,
    )
  }

  /** Every way in which the answer breaks the document or what each answer must have; [] when none. */
  faults(call: ApiCall, answer: ApiAnswer): string[] {
    const faults = headerFaults(answer)
    const method = call.method ?? 'GET'
    const operation = this.match(method, call.path)
    if (operation && !(answer.status in operation.responses)) {
      faults.push(`${operation.id} does not document ${answer.status}`)
    }
    if (method === 'HEAD') return faults
    if (answer.status >= 400) return [...faults, ...problemFaults(answer)]
    if (operation) faults.push(...this.#bodyFaults(operation, answer))
    return faults
  }

  #bodyFaults(operation: DocumentedOperation, answer: ApiAnswer): string[] {
    const type = (answer.headers['content-type'] ?? '').split(';')[0] ?? ''
    const response = operation.responses[String(answer.status)] as JsonObject | undefined
    const content = (response?.content ?? {}) as Record<string, JsonObject>
    const types = Object.keys(content)
    if (types.length === 0) return answer.text === '' ? [] : ['a body where none is documented']
    const entry = types.find((documented) => documented.split(';')[0] === type)
    if (!entry) return [`content type ${type} is not documented`]
    if (type !== 'application/json') return []
    const schema = content[entry]?.schema as JsonObject
    const key = `${operation.id} ${answer.status}`
    const outcome = this.#validator(key, schema).safeParse(answer.json())
    return outcome.success ? [] : [`${operation.id} body: ${z.prettifyError(outcome.error)}`]
  }

  #validator(key: string, schema: JsonObject): z.ZodType {
    const known = this.#validators.get(key)
    if (known) return known
    const { schemas } = this.document.components as { schemas: JsonObject }
    const made = z.fromJSONSchema(localRefs({ ...schema, $defs: schemas }) as ZodJsonSchema)
    this.#validators.set(key, made)
    return made
  }
}

/** OpenAPI keeps shared schemas in components; JSON Schema readers look in $defs. */
function localRefs(schema: JsonObject): JsonObject {
  return JSON.parse(JSON.stringify(schema).replaceAll('#/components/schemas/', '#/$defs/'))
}

function readOperations(document: JsonObject): DocumentedOperation[] {
  const paths = document.paths as Record<string, Record<string, JsonObject>>
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([method]) => METHODS.includes(method))
      .map(([method, operation]) => readOperation(path, method, operation)),
  )
}

function readOperation(path: string, method: string, operation: JsonObject): DocumentedOperation {
  const parameters = (operation.parameters ?? []) as { in: string; name: string }[]
  const security = operation.security as { bearer?: string[]; session?: string[] }[]
  const body = operation.requestBody as { content: Record<string, JsonObject> } | undefined
  return {
    id: operation.operationId as string,
    method: method.toUpperCase(),
    path,
    scopes: security.flatMap(({ bearer }) => bearer ?? []),
    isOpen: security.length === 0,
    peopleOnly:
      security.length > 0 &&
      security.every(({ bearer, session }) => session !== undefined && !bearer),
    deprecated: operation.deprecated === true,
    body: (body?.content['application/json']?.schema as JsonObject | undefined) ?? null,
    queryNames: parameters.filter((entry) => entry.in === 'query').map((entry) => entry.name),
    takesIdempotencyKey: parameters.some((entry) => entry.name === 'Idempotency-Key'),
    responses: operation.responses as JsonObject,
  }
}

function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/:]+')}$`)
}

function parametersOf(path: string): number {
  return path.split('{').length - 1
}

function headerFaults({ headers }: ApiAnswer): string[] {
  const faults = Object.entries(STANDING_HEADERS)
    .filter(([name, expected]) => !expected.test(String(headers[name] ?? '')))
    .map(([name]) => `${name}: ${headers[name]}`)
  if (headers.etag !== undefined) faults.push('an ETag on a private answer')
  if (headers['access-control-allow-origin'] !== undefined) faults.push('CORS is open')
  if (headers['x-powered-by'] !== undefined) faults.push('x-powered-by')
  return faults
}

/** RFC 9457 with our members. */
function problemFaults(answer: ApiAnswer): string[] {
  const type = answer.headers['content-type']
  if (type !== 'application/problem+json') return [`content type ${type}`]
  const problem = answer.json()
  const faults = ['type', 'title', 'detail', 'instance', 'code', 'requestId']
    .filter((member) => typeof problem[member] !== 'string' || problem[member] === '')
    .map((member) => `problem has no ${member}`)
  if (problem.status !== answer.status) faults.push(`problem says ${problem.status}`)
  if (problem.requestId !== answer.headers['x-request-id']) faults.push('another request id')
  if (String(problem.instance).includes('?')) faults.push('the query string is in instance')
  if (answer.status === 401 && !answer.headers['www-authenticate']) faults.push('no challenge')
  if (answer.status === 405 && !answer.headers.allow) faults.push('no Allow')
  if (answer.status === 429 && !answer.headers['retry-after']) faults.push('no Retry-After')
  return faults
}
