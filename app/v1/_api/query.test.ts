import { describe, expect, test } from 'vitest'
import { problemOf } from '@/app/v1/_api/problem'
import {
  asksForPage,
  choice,
  pageRequest,
  Query,
  scopeList,
  uuid,
  wholeNumber,
} from '@/app/v1/_api/query'

const query = (text: string) => new Query(`http://localhost/v1${text}`)

function pointerOfRefusal(work: () => unknown): string | undefined {
  try {
    work()
  } catch (error) {
    return problemOf(error).errors[0]?.pointer
  }
  return undefined
}

describe('pages', () => {
  test.each([
    '?pageSize=5&pageToken=t',
    '?PAGESIZE=5&PageToken.Cursor=t',
    '?paging.pageToken=t&pagesize=5',
  ])('%s', (text) => {
    expect(pageRequest(query(text))).toEqual({ pageSize: 5, pageToken: 't' })
  })

  test('0 and nothing mean the default; too large is left to the core', () => {
    expect(pageRequest(query('?pageSize=0'))).toEqual({ pageToken: undefined })
    expect(pageRequest(query(''))).toEqual({ pageToken: undefined })
    expect(pageRequest(query('?pageSize=100000')).pageSize).toBe(100_000)
    expect(pageRequest(query(`?pageSize=${'9'.repeat(400)}`)).pageSize).toBe(1e9)
  })

  test.each(['?pageSize=-1', '?pageSize=1.5', '?pageSize=x'])('%s is refused', (text) => {
    expect(pointerOfRefusal(() => pageRequest(query(text)))).toBe('/query/pageSize')
  })

  test('skipping is refused, not ignored', () => {
    expect(pointerOfRefusal(() => pageRequest(query('?PageToken.Skip=10')))).toBe(
      '/query/PageToken.Skip',
    )
    expect(pageRequest(query('?PageToken.Skip=0'))).toEqual({ pageToken: undefined })
  })

  test('a list is paged on request only', () => {
    expect(asksForPage(query('?origin=ALL'))).toBe(false)
    expect(asksForPage(query('?pageToken='))).toBe(true)
  })
})

test('a choice is matched in any case, and nothing else is', () => {
  expect(choice(query('?origin=owned'), 'origin', ['ALL', 'OWNED'])).toBe('OWNED')
  expect(pointerOfRefusal(() => choice(query('?origin=x'), 'origin', ['ALL']))).toBe(
    '/query/origin',
  )
})

test.each(['1e3', '-1', '0x10', '3', ' 2'])('%s is no whole number from 0 to 2', (value) => {
  const text = `?n=${encodeURIComponent(value)}`
  expect(pointerOfRefusal(() => wholeNumber(query(text), 'n', { min: 0, max: 2 }))).toBe('/query/n')
})

test('unknown scopes are named', () => {
  expect(scopeList(query('?require=agents:read, keys:read'), 'require')).toEqual([
    'agents:read',
    'keys:read',
  ])
  expect(() => scopeList(query('?require=agents:read,Agents:read'), 'require')).toThrow(
    'Unknown scope "Agents:read".',
  )
})

test('what a database cannot take is refused at the door', () => {
  expect(pointerOfRefusal(() => query('?search=a%00b'))).toBe('/query/search')
  expect(pointerOfRefusal(() => uuid(query('?id=1'), 'id'))).toBe('/query/id')
})
