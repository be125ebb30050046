import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isDomainError } from '@/lib/errors'
import { PageTokenSealer } from '@/lib/page-token'

const sealer = new PageTokenSealer('the secret of this installation')
const cursors = fc.array(fc.oneof(fc.integer(), fc.string()), { minLength: 1, maxLength: 4 })
const lists = fc.array(fc.oneof(fc.string(), fc.integer(), fc.constant(null)), { maxLength: 4 })

function refused(list: readonly unknown[], token: string, by = sealer): boolean {
  try {
    by.open(list, token)
    return false
  } catch (error) {
    if (!isDomainError(error)) throw error
    expect(error).toMatchObject({ kind: 'invalid', errors: [{ pointer: '/query/pageToken' }] })
    return true
  }
}

describe('a page token', () => {
  it('gives back its cursor for its own list, in a form fit for a URL', () => {
    fc.assert(
      fc.property(lists, cursors, (list, cursor) => {
        const token = sealer.seal(list, cursor)
        expect(sealer.open(list, token)).toEqual(cursor)
        expect(token).toMatch(/^[A-Za-z0-9_-]+$/)
      }),
    )
  })

  it('is the first page where there is none', () => {
    expect(sealer.open(['tokens'], undefined)).toBeNull()
    expect(sealer.open(['tokens'], '')).toBeNull()
  })

  it('is refused by every other list and other filters', () => {
    fc.assert(
      fc.property(lists, lists, cursors, (list, other, cursor) => {
        fc.pre(JSON.stringify(list) !== JSON.stringify(other))
        expect(refused(other, sealer.seal(list, cursor))).toBe(true)
      }),
    )
    // What a careless join of the parts would take for the same list.
    expect(refused(['a', 'b'], sealer.seal(['ab', ''], [1]))).toBe(true)
    expect(refused(['1'], sealer.seal([1], [1]))).toBe(true)
  })

  it('is refused after a change of any of its bytes', () => {
    fc.assert(
      fc.property(cursors, fc.nat(), fc.integer({ min: 1, max: 255 }), (cursor, place, change) => {
        const bytes = Buffer.from(sealer.seal(['tokens'], cursor), 'base64url')
        const index = place % bytes.length
        bytes[index] = (bytes[index] ?? 0) ^ change
        expect(refused(['tokens'], bytes.toString('base64url'))).toBe(true)
      }),
    )
  })

  it('is refused when made up, cut, or sealed by another installation', () => {
    const token = sealer.seal(['tokens'], [1, 'x'])
    const stranger = new PageTokenSealer('another secret')
    expect(refused(['tokens'], token, stranger)).toBe(true)
    fc.assert(fc.property(fc.string({ minLength: 1 }), (text) => refused(['tokens'], text)))
    for (let length = 1; length < token.length; length++) {
      expect(refused(['tokens'], token.slice(0, length))).toBe(true)
    }
  })

  it('shows nothing of its inside and never looks the same twice', () => {
    const seal = () => sealer.seal(['tokens'], [1_700_000_000_000, 'abcdefgh'])
    expect(seal()).not.toBe(seal())
    expect(Buffer.from(seal(), 'base64url').toString('latin1')).not.toMatch(/1700000|abcdefgh/)
  })

  it('is understood by every process of the installation', () => {
    const twin = new PageTokenSealer('the secret of this installation')
    expect(twin.open(['tokens'], sealer.seal(['tokens'], [7]))).toEqual([7])
  })
})
