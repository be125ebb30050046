import { expect, it } from 'vitest'
import { draftOf, keyOfName, wishOf, withLevel } from './metric-draft'

it('makes a key of a name that the server would take', () => {
  expect(keyOfName('Tone of the answer')).toBe('toneOfTheAnswer')
  expect(keyOfName('2 Überprüfung – ISO 27001')).toBe('uberprufungIso27001')
  expect(keyOfName('…')).toBe('')
  expect(keyOfName('x'.repeat(90))).toHaveLength(64)
})

it('sends what is typed, and lets the server judge what is no number', () => {
  const draft = draftOf(null)
  expect(wishOf(draft)).toMatchObject({ defaultWeight: 10, passScore: 4 })
  const levels = withLevel(draft)
  expect(levels.at(-1)).toMatchObject({ score: '6' })
  const typed = { ...draft, levels, defaultWeight: '1.5', passId: levels.at(-1)?.id ?? 0 }
  expect(wishOf(typed)).toMatchObject({ defaultWeight: 0, passScore: 6 })
})
