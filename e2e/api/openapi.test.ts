import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorld, type World } from '@/e2e/api/support/world'
import { HUMAN_PERMISSIONS } from '@/lib/access/roles'
import { ALL_SCOPES } from '@/lib/access/scopes'

type JsonObject = Record<string, unknown>

let world: World
let document: JsonObject
let components: Record<string, Record<string, JsonObject>>

beforeAll(async () => {
  world = await createWorld()
  document = world.contract.document
  components = document.components as typeof components
})
afterAll(() => world.close())

/** Every object in the document with where it stands. */
function* objectsIn(value: unknown, at = '#'): Generator<[string, JsonObject]> {
  if (typeof value !== 'object' || value === null) return
  if (!Array.isArray(value)) yield [at, value as JsonObject]
  for (const [key, inner] of Object.entries(value)) yield* objectsIn(inner, `${at}/${key}`)
}

function resolve(reference: string): unknown {
  return reference
    .split('/')
    .slice(1)
    .reduce<unknown>((value, key) => (value as JsonObject | undefined)?.[key], document)
}

/** Formats of others, which say that receivers pass over what they do not know. */
const OPEN_FORMATS = ['exportTraces', 'ingestUsageEvents', 'deliverWebhook', 'callMcp', 'testMcp']

describe('the OpenAPI document', () => {
  it('is 3.1 JSON that anybody may read and keep for a while', async () => {
    const answer = await fetch(`${world.product.url}/v1/openapi.json`)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe('application/json')
    expect(answer.headers.get('cache-control')).toMatch(/public, max-age=\d+/)
    expect(document.openapi).toMatch(/^3\.1\.\d+$/)
    expect(document.info).toMatchObject({ title: expect.any(String), version: expect.any(String) })
  })

  it('has no reference to nowhere', () => {
    const references = [...objectsIn(document)].flatMap(([, value]) =>
      typeof value.$ref === 'string' ? [value.$ref] : [],
    )
    expect(references.length).toBeGreaterThan(100)
    for (const reference of references) expect(resolve(reference), reference).toBeDefined()
  })

  it('describes nothing that no value can be: no allOf, which closed objects make impossible', () => {
    const combined = [...objectsIn(document)].filter(([, value]) => 'allOf' in value)
    expect(combined.map(([at]) => at)).toEqual([])
  })

  it('has Bearer with real scopes for each operation, the session with permissions of people, or nothing where a device asks', () => {
    expect(components.securitySchemes).toMatchObject({
      bearer: { type: 'http', scheme: 'bearer' },
      session: { type: 'apiKey', in: 'cookie' },
    })
    for (const { id, scopes } of world.contract.operations) {
      for (const scope of scopes) expect(ALL_SCOPES, id).toContain(scope)
    }
    for (const [path, item] of Object.entries(document.paths as Record<string, JsonObject>)) {
      for (const operation of Object.values(item) as JsonObject[]) {
        const [security, ...others] = operation.security as Record<string, string[]>[]
        expect(others, path).toEqual([])
        const schemes = Object.keys(security ?? {})
        const isOpen = path.startsWith('/v1/deviceAuthorizations')
        expect([['bearer'], ['session'], ...(isOpen ? [[]] : [])], path).toContainEqual(schemes)
        for (const permission of security?.session ?? []) {
          expect(HUMAN_PERMISSIONS, path).toContain(permission)
        }
      }
    }
  })

  it('has an id, a summary, a tag and every path parameter for each operation', () => {
    const operations = Object.entries(document.paths as Record<string, Record<string, JsonObject>>)
    const ids = new Set<unknown>()
    const tags = new Set((document.tags as { name: string }[]).map(({ name }) => name))
    for (const [path, item] of operations) {
      for (const operation of Object.values(item)) {
        expect(operation.summary, path).toEqual(expect.any(String))
        expect(ids.has(operation.operationId), path).toBe(false)
        ids.add(operation.operationId)
        for (const tag of operation.tags as string[]) expect(tags.has(tag), tag).toBe(true)
        const parameters = (operation.parameters ?? []) as {
          in: string
          name: string
          required: boolean
        }[]
        const declared = parameters
          .filter((parameter) => parameter.in === 'path' && parameter.required)
          .map(({ name }) => name)
        const named = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1])
        expect(declared.sort(), path).toEqual(named.sort())
      }
    }
  })

  it('documents every refusal as a problem', () => {
    for (const { id, responses, body, scopes, peopleOnly, isOpen } of world.contract.operations) {
      const statuses = Object.keys(responses)
      const expected = ['400', '404', '500', '503', ...(isOpen ? ['429'] : ['401'])]
      if (scopes.length > 0 || peopleOnly) expected.push('403')
      if (body) expected.push('413', '415')
      expect(statuses, id).toEqual(expect.arrayContaining(expected))
      for (const status of statuses.filter((text) => text >= '400')) {
        const response = resolve(String((responses[status] as JsonObject).$ref)) as JsonObject
        expect(Object.keys(response.content as JsonObject), id).toEqual([
          'application/problem+json',
        ])
        expect(response.description, `${id} ${status}`).not.toBe('')
      }
    }
  })

  it('has closed request bodies, and no secret or digest in any answer but the minting ones', () => {
    for (const { id, body } of world.contract.operations) {
      if (body && !OPEN_FORMATS.includes(id)) {
        expect(body.additionalProperties, id).toBe(false)
      }
    }
    for (const [name, schema] of Object.entries(components.schemas ?? {})) {
      const properties = Object.keys((schema.properties ?? {}) as JsonObject)
      expect(properties, name).not.toContain('digest')
      expect(properties, name).not.toContain('tokenHash')
      expect(properties.includes('token'), name).toBe(name === 'MintedToken')
    }
  })

  it('gives no credential away in its examples', () => {
    expect(JSON.stringify(document)).not.toMatch(/fx_(pat|sat)_[0-9A-Za-z]{20,}/)
  })
})
