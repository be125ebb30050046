import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { caseSchema } from '@/lib/datasets/schema'
import { complaintsOf, draftOf, wishOf } from './case-draft'
import { type ImportOutcome, importWords, planImport } from './case-import'

const texts = fc.array(
  fc.record({
    name: fc.constant(null),
    input: fc.constantFrom('Where?', 'When?', 'Why?', 'Who?'),
    parameters: fc.constant(null),
    expected: fc.option(fc.constantFrom('Here.', 'Now.'), { nil: null }),
  }),
  { maxLength: 10 },
)

describe('an import', () => {
  it('adds everything that is not there word for word, and removes only where all are replaced', () => {
    fc.assert(
      fc.property(texts, texts, (present, read) => {
        const rows = present.map((text, index) => ({
          ...text,
          id: `${index}`,
          position: index + 1,
          createdAt: 0,
          modifiedAt: 0,
        }))
        const added = planImport('ADD', rows, read)
        const count = (outcome: ImportOutcome) =>
          added.cases.filter((one) => one.outcome === outcome).length
        expect(added.removed).toEqual([])
        expect(added.sent).toHaveLength(read.length - count('SAME'))
        expect(count('CHANGED')).toBe(0)
        const replaced = planImport('REPLACE', rows, read)
        expect(replaced.sent).toEqual(read)
        const kept = replaced.cases.filter(({ before }) => before !== null)
        expect(kept.length + replaced.removed.length).toBe(present.length)
        expect(importWords('REPLACE', replaced)).toContain(`${replaced.removed.length} deleted`)
      }),
    )
  })

  it('says how much room there is', () => {
    const [text] = fc.sample(texts, 50).flat()
    if (!text) throw new Error('Some list has a case.')
    const many = Array.from({ length: 501 }, (_, index) => ({ ...text, input: `${index}` }))
    expect(planImport('ADD', [], many).obstacle).toContain('room for 500 more')
    expect(planImport('ADD', [], many.slice(1)).obstacle).toBeNull()
  })
})

describe('the form of a case', () => {
  const value = fc.oneof(fc.string({ minLength: 1 }), fc.integer(), fc.boolean())
  const parameters = fc.dictionary(fc.constantFrom('topic', 'count', 'deep'), value, { minKeys: 1 })

  it('sends what it was opened with, types of values included', () => {
    fc.assert(
      fc.property(parameters, (given) => {
        const text = { name: 'A', input: null, parameters: { ...given }, expected: null }
        const draft = draftOf(text)
        expect(complaintsOf(draft)).toEqual([])
        expect(caseSchema.parse(wishOf(draft))).toEqual(text)
      }),
    )
  })

  it('complains of names that are there twice, and of numbers that are none', () => {
    const row = { key: 0, name: 'topic', type: 'TEXT', text: 'Tea' } as const
    const values = [
      row,
      { ...row, key: 1 },
      { key: 2, name: 'n', type: 'NUMBER', text: '3x' } as const,
    ]
    const draft = {
      ...draftOf({ name: null, input: 'x', parameters: null, expected: null }),
      values,
    }
    expect(complaintsOf(draft)).toEqual([])
    const pointers = complaintsOf({ ...draft, asks: 'VALUES' }).map(({ pointer }) => pointer)
    expect(pointers).toEqual(['/values/1/name', '/values/2/text'])
  })
})
