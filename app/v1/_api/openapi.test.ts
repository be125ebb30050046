import { OpenAPIHono } from '@hono/zod-openapi'
import { describe, expect, test } from 'vitest'
import { translateOlderExpiry } from '@/app/v1/_api/api-keys'
import { openApiDocument, registerOperations } from '@/app/v1/_api/openapi'
import type { AnyOperation } from '@/app/v1/_api/operation'
import { OPERATIONS } from '@/app/v1/_api/operations'

const app = new OpenAPIHono()
registerOperations(app.openAPIRegistry, OPERATIONS)
const document = openApiDocument(app)

function securityOf(operation: AnyOperation) {
  if (operation.isOpen) return []
  if (operation.peopleOnly) {
    return [{ session: operation.permission === null ? [] : [operation.permission] }]
  }
  return [{ bearer: [operation.readScope, operation.scope].filter((scope) => scope != null) }]
}

function references(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) =>
    key === '$ref' && typeof inner === 'string' ? [inner] : references(inner),
  )
}

describe('the OpenAPI document', () => {
  test.each(OPERATIONS.map((operation) => [operation.id, operation] as const))(
    '%s is described with its scope and its refusals',
    (id, operation) => {
      const described = document.paths?.[operation.path]?.[operation.method]
      expect(described?.operationId).toBe(id)
      expect(described?.security).toEqual(securityOf(operation))
      const statuses = [String(operation.success.status), '400', '404', '500', '503']
      if (!operation.isOpen) statuses.push('401')
      expect(Object.keys(described?.responses ?? {})).toEqual(expect.arrayContaining(statuses))
      expect(described?.deprecated === true).toBe(operation.successor !== undefined)
    },
  )

  test('operation ids are unique and every reference leads somewhere', () => {
    expect(new Set(OPERATIONS.map(({ id }) => id)).size).toBe(OPERATIONS.length)
    const missing = references(document).filter((reference) => {
      const found = reference
        .slice(2)
        .split('/')
        .reduce<unknown>(
          (at, part) => (at as Record<string, unknown> | undefined)?.[part],
          document,
        )
      return found === undefined
    })
    expect(missing).toEqual([])
  })

  test('no answer has a place for a digest', () => {
    expect(JSON.stringify(document.components)).not.toMatch(/"(?:tokenHash|digest|pepper\w*)"/i)
  })
})

test('the older document’s ISO expiry becomes epoch milliseconds; anything else is left to the schema', () => {
  expect(translateOlderExpiry({ expiresAt: '2026-12-31T00:00:00Z' })).toEqual({
    expiresAt: Date.UTC(2026, 11, 31),
  })
  for (const raw of [{ expiresAt: 'soon' }, { expiresAt: 5 }, null, 'x', {}]) {
    expect(translateOlderExpiry(raw)).toBe(raw)
  }
})
