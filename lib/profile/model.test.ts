import fc from 'fast-check'
import { expect, it } from 'vitest'
import { displayNameOf, namePartsOf } from '@/lib/profile/model'

it.each([
  ['Ada', { firstName: 'Ada', lastName: '' }],
  ['Ada Lindqvist', { firstName: 'Ada', lastName: 'Lindqvist' }],
  ['Ana María Ruiz', { firstName: 'Ana María', lastName: 'Ruiz' }],
  [' Ada   Lindqvist ', { firstName: 'Ada', lastName: 'Lindqvist' }],
])('%j has the parts %j', (name, parts) => {
  expect(namePartsOf(name)).toEqual(parts)
})

it('reading a name in two parts and writing them back changes nothing but spaces', () => {
  const word = fc.stringMatching(/^\S{1,8}$/)
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 5 }), (words) => {
      const name = words.join(' ')
      expect(displayNameOf(namePartsOf(name))).toBe(name)
    }),
  )
})
