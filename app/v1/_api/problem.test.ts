import { expect, test } from 'vitest'
import { z } from 'zod'
import { problem, problemBody, problemOf } from '@/app/v1/_api/problem'
import { DomainError, invalid, notFound } from '@/lib/errors'

const REQUEST = { instance: '/v1/tenants/acme/tokens', id: 'r-1' }

test('an expected refusal keeps its code, words and pointers', () => {
  const answer = problemOf(invalid([{ pointer: '/scopes', detail: 'Choose one.' }]))
  expect(JSON.parse(problemBody(answer, REQUEST))).toEqual({
    type: 'https://docs.fruxon.com/problems/validation_failed',
    title: 'The request needs a change',
    status: 400,
    detail: 'Choose one.',
    instance: '/v1/tenants/acme/tokens',
    code: 'validation_failed',
    requestId: 'r-1',
    errors: [{ pointer: '/scopes', detail: 'Choose one.' }],
  })
})

test('a missing scope is challenged by RFC 6750', () => {
  const answer = problemOf(
    new DomainError('forbidden', 'insufficient_scope', 'No.', { missingScopes: ['keys:write'] }),
  )
  expect(answer).toMatchObject({ status: 403, missingScopes: ['keys:write'] })
  expect(answer.headers['WWW-Authenticate']).toBe(
    'Bearer error="insufficient_scope", scope="keys:write"',
  )
})

test('an unknown field gets a pointer of its own, escaped by RFC 6901', () => {
  const parsed = z.strictObject({ a: z.strictObject({}) }).safeParse({ a: { 'x/y~z': 1 }, b: 2 })
  expect(problemOf(parsed.error).errors.map(({ pointer }) => pointer)).toEqual(['/a/x~1y~0z', '/b'])
})

test('a refusal of the other module graph is recognised without instanceof', () => {
  const foreign = Object.assign(new Error('Gone.'), {
    isDomainError: true,
    kind: 'not-found',
    code: 'not_found',
    errors: [],
    missingScopes: [],
    retryAfterSeconds: null,
  })
  expect(problemOf(foreign)).toEqual({ ...problemOf(notFound()), detail: 'Gone.' })
})

test('an accident says nothing of our inside', () => {
  const answer = problemOf(new Error('relation "tokens" does not exist at /srv/app.js'))
  expect(answer.status).toBe(500)
  expect(problemBody(answer, REQUEST)).not.toMatch(/relation|srv/)
})

test.each([
  Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:5432'), { code: 'ECONNREFUSED' }),
  Object.assign(new Error('terminating connection'), { code: '57P01' }),
  new Error('Connection terminated unexpectedly'),
  new Error('query failed', { cause: Object.assign(new Error('x'), { code: '08006' }) }),
])('an absent database asks for another try: %s', (error) => {
  expect(problemOf(error)).toMatchObject({ status: 503, headers: { 'Retry-After': '5' } })
})

test.each([
  Object.assign(new Error('no such file'), { code: 'ENOENT', syscall: 'open' }),
  Object.assign(new Error('duplicate key'), { code: '23505' }),
])('another failure is not taken for an absent database: %s', (error) => {
  expect(problemOf(error).status).toBe(500)
})

test('the rate limit uses the registered type', () => {
  expect(problem('quota_exceeded', 'Slow.').type).toBe(
    'https://iana.org/assignments/http-problem-types#quota-exceeded',
  )
})
