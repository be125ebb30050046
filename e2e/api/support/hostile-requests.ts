import fc from 'fast-check'
import type { DocumentedOperation } from '@/e2e/api/support/contract'
import type { ApiCall } from '@/e2e/support/api-client'
import { ALL_SCOPES } from '@/lib/access/scopes'

/** Requests made from the OpenAPI document: good ones, and every way of getting them wrong. */

type JsonSchema = Record<string, unknown>

export interface Vocabulary {
  operations: readonly DocumentedOperation[]
  /** What paths and bodies may name: real tenants, real ids, good secrets. */
  tenants: readonly string[]
  /** By the parameter of the path that they fit. */
  ids: Record<string, readonly string[]>
  secrets: readonly string[]
  /** Cookie headers of people, and the origin that their calls must come from. */
  cookies: readonly string[]
  origin: string
}

const HOSTILE_TEXTS = [
  '',
  ' ',
  '0',
  '-1',
  '1e999',
  'null',
  'true',
  '[]',
  '{}',
  "' OR 1=1 --",
  '"; DROP TABLE tokens; --',
  '%00',
  '\u0000',
  '\ud800',
  '\u202e',
  'ﷺ'.repeat(50),
  '../../etc/passwd',
  '{{7*7}}',
  '__proto__',
  'constructor',
  'a'.repeat(5000),
  '9007199254740993',
  '2026-02-30T25:61:61Z',
]
const HOSTILE_NUMBERS = [
  0,
  -0,
  -1,
  1,
  1.5,
  1e9,
  1e300,
  2 ** 31,
  2 ** 53,
  -(2 ** 63),
  36_500,
  36_501,
]
const CONTENT_TYPES = [
  'application/json',
  'application/json; charset=utf-8',
  'application/json; charset=latin1',
  'application/x-www-form-urlencoded',
  'text/plain',
  'multipart/form-data; boundary=x',
  '',
]
const HEADER_NAMES = [
  'Authorization',
  'Content-Type',
  'Accept',
  'Accept-Encoding',
  'Idempotency-Key',
  'X-Request-Id',
  'X-API-KEY',
  'X-Forwarded-For',
  'Range',
  'If-None-Match',
  'Expect',
  'Cookie',
  'Host',
  'User-Agent',
]

const hostileText = fc.oneof(
  fc.constantFrom(...HOSTILE_TEXTS),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ maxLength: 40 }),
)

/** Any JSON at all, with the values that break careless code. */
const hostileJson = fc.oneof(
  fc.jsonValue({ maxDepth: 4 }),
  hostileText,
  fc.constantFrom<unknown>(...HOSTILE_NUMBERS, null, true, [], {}),
)

const allIds = (words: Vocabulary) => Object.values(words.ids).flat()

/** A value that fits the schema, as far as these schemas go. */
function fitting(schema: JsonSchema, words: Vocabulary): fc.Arbitrary<unknown> {
  if (Array.isArray(schema.enum)) return fc.constantFrom(...schema.enum)
  const [type] = [schema.type].flat() as string[]
  if (type === 'object') return fittingObject(schema, words)
  if (type === 'array') {
    const items = (schema.items ?? {}) as JsonSchema
    return fc.array(fitting(items, words), { minLength: 1, maxLength: 4 })
  }
  if (type === 'boolean') return fc.boolean()
  if (type === 'integer' || type === 'number') {
    return fc.oneof(fc.integer({ min: 1, max: 365 }), fc.constant(Date.now() + 86_400_000))
  }
  if (schema.format === 'uuid') return fc.constantFrom(...allIds(words))
  return fc.oneof(
    fc.string({ minLength: 1, maxLength: 20 }),
    fc.constantFrom(...ALL_SCOPES, ...words.secrets),
    fc.stringMatching(/^[0-9a-f]{64}$/),
  )
}

function fittingObject(schema: JsonSchema, words: Vocabulary): fc.Arbitrary<unknown> {
  const properties = Object.entries((schema.properties ?? {}) as Record<string, JsonSchema>)
  const fields = properties.map(([name, inner]) => [name, fitting(inner, words)] as const)
  const required = (schema.required ?? []) as string[]
  return fc.record(Object.fromEntries(fields), { requiredKeys: required })
}

/** A fitting body with one part spoiled, something else altogether, or text that is no JSON. */
function bodyOf(operation: DocumentedOperation, words: Vocabulary): fc.Arbitrary<unknown> {
  const good = operation.body ? fitting(operation.body, words) : fc.constant(undefined)
  const names = Object.keys((operation.body?.properties ?? {}) as object)
  const field = fc.oneof(fc.constantFrom('id', 'tenantId', ...names), hostileText)
  const spoiled = fc
    .tuple(good, field, hostileJson)
    .map(([body, name, value]) => ({ ...(body as object | undefined), [name]: value }))
  const broken = fc.oneof(
    hostileText,
    good.map((body) => (JSON.stringify(body) ?? '').slice(0, -1)),
    fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)),
  )
  return fc.oneof(
    { weight: 4, arbitrary: good },
    { weight: 4, arbitrary: spoiled },
    { weight: 1, arbitrary: hostileJson },
    { weight: 1, arbitrary: broken },
  )
}

/** A path as it goes on the wire: encoded, except where a stray percent sign or colon is the point. */
function pathOf(operation: DocumentedOperation, words: Vocabulary): fc.Arbitrary<string> {
  const part = (good: readonly string[]) =>
    fc.oneof(
      { weight: 12, arbitrary: fc.constantFrom(...good) },
      { weight: 1, arbitrary: hostileText.map(encode) },
      {
        weight: 1,
        arbitrary: fc.constantFrom('%', '%zz', '%c0%af', '%ff', '%2f', '%3Arotate', ':', '..', '.'),
      },
    )
  const value = fc
    .oneof(hostileText, fc.constantFrom('1', '200', 'ALL', 'csv', ...allIds(words)))
    .map(encode)
  const name = fc.oneof(
    fc.constantFrom('pageSize', 'pageToken', 'PageToken.Skip', ...operation.queryNames),
    hostileText.map(encode),
  )
  const query = fc.array(fc.tuple(name, value), { maxLength: 3 })
  const names = [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, parameter = '']) => parameter)
  const good = (parameter: string) =>
    parameter === 'tenant' ? words.tenants : (words.ids[parameter] ?? allIds(words))
  const parts = fc.record(
    Object.fromEntries(names.map((parameter) => [parameter, part(good(parameter))])),
  )
  return fc.tuple(parts, query).map(([values, pairs]) => {
    const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, parameter) => values[parameter] ?? '')
    const text = pairs.map((pair) => pair.join('=')).join('&')
    return text === '' ? path : `${path}?${text}`
  })
}

function encode(text: string): string {
  // Half a surrogate pair has no UTF-8: it goes out as the replacement character.
  return encodeURIComponent(Buffer.from(text).toString())
}

/** What node lets out: no control characters, Latin-1 only. */
const headerValue = hostileText.map((text) => text.replaceAll(/[^\x20-\x7e\x80-\xff]/g, '').trim())
const spoiledHeaders = fc.dictionary(fc.constantFrom(...HEADER_NAMES), headerValue, { maxKeys: 2 })

function headersOf(words: Vocabulary, peopleOnly: boolean): fc.Arbitrary<Record<string, string>> {
  const authorization = fc.oneof(
    {
      weight: 12,
      arbitrary: fc.constantFrom(...words.secrets).map((secret) => `Bearer ${secret}`),
    },
    { weight: 1, arbitrary: headerValue.map((text) => `Bearer ${text}`) },
  )
  const type = fc.oneof(
    { weight: 8, arbitrary: fc.constant('application/json') },
    { weight: 1, arbitrary: fc.constantFrom(...CONTENT_TYPES) },
  )
  const byToken = fc.record({ Authorization: authorization, 'Content-Type': type })
  const origin = fc.oneof(
    { weight: 6, arbitrary: fc.constant(words.origin) },
    { weight: 1, arbitrary: fc.constantFrom('null', 'https://evil.example', `${words.origin}.`) },
  )
  const cookie = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...words.cookies) },
    { weight: 1, arbitrary: headerValue.map((text) => `fruxon-session=${text}`) },
  )
  const bySession = fc.record({ Cookie: cookie, Origin: origin, 'Content-Type': type })
  const usual = peopleOnly
    ? fc.oneof(
        { weight: 4, arbitrary: bySession as fc.Arbitrary<Record<string, string>> },
        { weight: 1, arbitrary: byToken as fc.Arbitrary<Record<string, string>> },
      )
    : fc.oneof(
        { weight: 12, arbitrary: byToken as fc.Arbitrary<Record<string, string>> },
        { weight: 1, arbitrary: bySession as fc.Arbitrary<Record<string, string>> },
      )
  const key = fc.option(fc.oneof(fc.uuid(), headerValue), { nil: undefined })
  const extra = fc.oneof(
    { weight: 4, arbitrary: fc.constant({}) },
    { weight: 1, arbitrary: spoiledHeaders },
  )
  return fc.tuple(usual, key, extra, fc.ipV4()).map(([base, idempotencyKey, spoil, address]) => ({
    ...base,
    // Another network each, or the limit on failures would soon answer for everything else.
    'X-Forwarded-For': address,
    ...(idempotencyKey !== undefined && { 'Idempotency-Key': idempotencyKey }),
    ...spoil,
  }))
}

/** One request: mostly to a documented operation by its own method. */
export function hostileRequest(words: Vocabulary): fc.Arbitrary<ApiCall> {
  return fc.constantFrom(...words.operations).chain((operation) =>
    fc.record(
      {
        method: fc.oneof(
          { weight: 12, arbitrary: fc.constant(operation.method) },
          {
            weight: 1,
            arbitrary: fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'),
          },
        ),
        path: pathOf(operation, words),
        headers: headersOf(words, operation.peopleOnly),
        body: bodyOf(operation, words),
      },
      { requiredKeys: ['method', 'path', 'headers'] },
    ),
  )
}
