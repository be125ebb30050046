import type { IncomingMessage } from 'node:http'
import { describe, expect, test } from 'vitest'
import {
  hasCredentialInQuery,
  looksLegacy,
  presentedHeaders,
  readCredential,
} from '@/app/v1/_api/credential'

const URL_OF = 'http://localhost/v1/tenants/acme/tokens'

function fetched(headers: Record<string, string>, query = '') {
  const request = new Request(URL_OF + query, { headers })
  return readCredential(presentedHeaders(request, undefined), hasCredentialInQuery(request.url))
}

function received(rawHeaders: string[], first: string | undefined) {
  const incoming = {
    rawHeaders,
    headers: first === undefined ? {} : { authorization: first },
  } as unknown as IncomingMessage
  return readCredential(presentedHeaders(new Request(URL_OF), incoming), false)
}

describe('the one credential of a request', () => {
  test.each(['Bearer', 'bearer', 'BEARER', 'bEaReR'])('scheme %s is a bearer', (scheme) => {
    expect(fetched({ authorization: `${scheme} fx_pat_abc` })).toEqual({
      kind: 'bearer',
      secret: 'fx_pat_abc',
    })
  })

  test.each(['Basic YTpi', 'Token abc', 'fx_pat_abc', 'Bearerx abc'])(
    '%s is no credential of ours',
    (value) => {
      expect(fetched({ authorization: value }).kind).toBe('none')
    },
  )

  test('a comma-joined pair is refused, whichever half is good', () => {
    expect(fetched({ authorization: 'Bearer a, Bearer b' }).kind).toBe('invalid')
  })

  test('two lines on the wire are refused although node shows only the first', () => {
    const raw = ['Host', 'x', 'Authorization', 'Bearer a', 'AUTHORIZATION', 'Bearer b']
    expect(received(raw, 'Bearer a').kind).toBe('invalid')
    expect(received(raw.slice(0, 4), 'Bearer a')).toEqual({ kind: 'bearer', secret: 'a' })
  })

  test.each(['Bearer', 'Bearer ', 'Bearer a b', 'Bearer "a"', `Bearer ${'a'.repeat(600)}`])(
    'unreadable: %s',
    (value) => {
      expect(fetched({ authorization: value }).kind).toBe('invalid')
    },
  )

  test('X-API-KEY alone tells what to send; beside a bearer it is ignored', () => {
    expect(fetched({ 'x-api-key': 'k' })).toMatchObject({
      kind: 'none',
      detail: expect.stringContaining('Authorization: Bearer'),
    })
    expect(fetched({ 'x-api-key': 'k', authorization: 'Bearer a' }).kind).toBe('bearer')
  })

  test.each(['?access_token=a', '?x=1&apiKey=a', '?API_KEY=a', '?access_token'])(
    '%s is never read: nothing alone, an invalid request beside a bearer',
    (query) => {
      expect(fetched({}, query).kind).toBe('none')
      expect(fetched({ authorization: 'Bearer a' }, query).kind).toBe('invalid')
    },
  )

  test('a parameter that only resembles one is left alone', () => {
    expect(hasCredentialInQuery(`${URL_OF}?apiKeys=1&search=access_token`)).toBe(false)
  })
})

test('older forms are recognised, newer ones are not', () => {
  expect(['fx_live_a', 'fxn_live_a', 'fxn_a', 'frx_a'].every(looksLegacy)).toBe(true)
  expect(looksLegacy('fx_pat_a')).toBe(false)
})
