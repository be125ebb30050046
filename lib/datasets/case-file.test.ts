import fc from 'fast-check'
import Papa from 'papaparse'
import { describe, expect, it } from 'vitest'
import { caseLines, readCases } from '@/lib/datasets/case-file'
import type { CaseText } from '@/lib/datasets/model'
import { isNothing, planReplacement } from '@/lib/datasets/replace-plan'

const typed = { typed: false }
const words = fc
  .string({
    unit: fc.constantFrom('a', 'é', ' ', ',', ';', '"', '\n', '\t', '😀', '='),
    maxLength: 9,
  })
  .map((text) => `x${text}y`)
const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: null })
const names = maybe(fc.constantFrom('Tea', 'Coffee', 'A "quoted" one'))
const values = fc.dictionary(fc.constantFrom('topic', 'tone', 'max_words'), words, { minKeys: 1 })
const caseText: fc.Arbitrary<CaseText> = fc.oneof(
  fc.record({ name: names, input: words, parameters: fc.constant(null), expected: maybe(words) }),
  fc.record({ name: names, input: fc.constant(null), parameters: values, expected: maybe(words) }),
)
/** Few questions, so that several cases ask the same. */
const similar = fc.array(
  fc.record({
    name: names,
    input: fc.constantFrom('Where?', 'When?', 'Why?'),
    parameters: fc.constant(null),
    expected: maybe(fc.constantFrom('Here.', 'Now.')),
  }),
  { maxLength: 12 },
)

describe('a file of cases', () => {
  it('reads back what an export wrote, as lines, as a list and as a table', () => {
    fc.assert(
      fc.property(fc.array(caseText, { minLength: 1, maxLength: 8 }), (cases) => {
        expect(readCases(caseLines(cases), typed)).toMatchObject({ cases, problems: [] })
        expect(readCases(JSON.stringify(cases), typed)).toMatchObject({ cases, problems: [] })
        const rows = cases.map(({ parameters, ...own }) => ({ ...own, ...parameters }))
        const columns = ['input', 'expected', 'name', 'topic', 'tone', 'max_words']
        const table = Papa.unparse(rows, { columns })
        expect(readCases(table, typed)).toEqual({ format: 'CSV', cases, problems: [] })
      }),
    )
  })

  it('names the line of what it cannot take, after cells of several lines too', () => {
    const table = 'Input,expected\n"One\ntwo",Yes\n,Only an answer\nThree,3,too many\n'
    expect(readCases(table, typed)).toEqual({
      format: 'CSV',
      cases: [{ name: null, input: 'One\ntwo', parameters: null, expected: 'Yes' }],
      problems: [
        { place: 'Line 4', detail: 'input: Give either an input or parameters.' },
        { place: 'Line 5', detail: 'There are 3 cells for 2 columns.' },
      ],
    })
    const lines = '{"input":"One"}\n\nnot json\n{"input":"Two","answer":"2"}'
    expect(readCases(lines, typed).problems.map(({ place }) => place)).toEqual(['Line 3', 'Line 4'])
    expect(readCases('[{"input":"One"},{"input":7}]', typed).problems).toMatchObject([
      { place: 'Case 2' },
    ])
    expect(readCases('[\n{"input":"One"},\n{"inp', typed).problems[0]?.place).toMatch(/^Line /)
    expect(readCases('expected\nYes', typed).problems[0]).toMatchObject({ place: 'Line 1' })
    expect(readCases('in put,expected\nWhat?,Yes', typed).problems[0]?.detail).toContain('in put')
  })

  it('takes numbers and booleans of a table as such only where asked', () => {
    const table = 'topic;count;deep\nTea;3;TRUE'
    const parametersOf = (asked: boolean) => readCases(table, { typed: asked }).cases[0]?.parameters
    expect(parametersOf(false)).toEqual({ topic: 'Tea', count: '3', deep: 'TRUE' })
    expect(parametersOf(true)).toEqual({ topic: 'Tea', count: 3, deep: true })
  })
})

describe('the plan of a replacement', () => {
  it('keeps, changes, adds or removes each case once, and leads to exactly what was asked', () => {
    fc.assert(
      fc.property(similar, similar, (texts, after) => {
        const before = texts.map((text, index) => ({ ...text, id: index }))
        const plan = planReplacement(before, after)
        expect(plan.cases.map(({ text }) => text)).toEqual(after)
        const kept = plan.cases.flatMap((planned) => (planned.before ? [planned.before.id] : []))
        const ids = [...kept, ...plan.removed.map(({ id }) => id)]
        expect([...ids].sort((one, other) => one - other)).toEqual(before.map(({ id }) => id))
        for (const { text, before: old, outcome } of plan.cases) {
          if (old) expect(old.input).toBe(text.input)
          const equal = old !== null && old.name === text.name && old.expected === text.expected
          expect(outcome === 'SAME').toBe(equal)
        }
        // Nothing that is asked again is thrown away while it is made anew.
        const addedInputs = new Set(
          plan.cases.filter(({ outcome }) => outcome === 'ADDED').map(({ text }) => text.input),
        )
        expect(plan.removed.some(({ input }) => addedInputs.has(input))).toBe(false)
      }),
    )
  })

  it('sees that nothing changes, whatever order values were written in', () => {
    const before: CaseText[] = [
      { name: null, input: null, parameters: { topic: 'Tea', tone: 'warm' }, expected: null },
      { name: null, input: 'Where?', parameters: null, expected: null },
    ]
    const [first, second] = before
    if (!first || !second) throw new Error('Two cases are there.')
    const again = [{ ...first, parameters: { tone: 'warm', topic: 'Tea' } }, { ...second }]
    expect(isNothing(planReplacement(before, again), before)).toBe(true)
    expect(isNothing(planReplacement(before, again.reverse()), before)).toBe(false)
  })
})
