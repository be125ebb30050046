import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { installComplaints } from '@/lib/schema-complaints'

const before = z.config().localeError
beforeAll(installComplaints)
afterAll(() => void z.config({ localeError: before }))

const complaintsOf = (schema: z.ZodType, value: unknown) =>
  schema.safeParse(value).error?.issues.map(({ message }) => message)

const NAMES = Array.from({ length: 23 }, (_, index) => `v${index}`)
const union = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('A') }),
  z.object({ kind: z.literal('B') }),
])

it.each<[string, z.ZodType, unknown, string | RegExp]>([
  ['nothing', z.string(), undefined, 'This is missing.'],
  ['no choice', z.enum(['A', 'B']), undefined, 'This is missing.'],
  ['null', z.string(), null, 'This must be a string, not null.'],
  ['a list', z.object({}), [], 'This must be an object, not a list.'],
  ['a string for a number', z.number(), '7', 'This must be a number, not a string.'],
  ['words of a query for a number', z.coerce.number(), 'x', 'This must be a number.'],
  ['a fraction', z.int(), 1.5, 'This must be a whole number.'],
  ['a number for a string', z.string(), 7, 'This must be a string.'],
  ['a field that is not known', z.strictObject({}), { a: 1 }, 'There is no a here.'],
  ['another choice', z.enum(['A', 'B', 'C']), 'x', 'This must be one of "A", "B" or "C".'],
  ['not the only choice', z.literal(1), 2, 'This must be 1.'],
  ['one of very many', z.enum(NAMES), 'x', /"v19" or 3 more\.$/],
  ['an unknown kind', union, { kind: 'C' }, 'This must be one of "A" or "B".'],
  [
    'neither type',
    z.union([z.string(), z.record(z.string(), z.string())]),
    7,
    'This must be a string or an object.',
  ],
  [
    'a form with a fault',
    z.union([z.string(), z.object({ a: z.int() })]),
    { a: 'x' },
    'This has none of the forms that it may have.',
  ],
  ['an empty string', z.string().min(1), '', 'This must not be empty.'],
  ['an empty list', z.array(z.string()).min(1), [], 'This needs at least one item.'],
  [
    'a long string',
    z.string().max(1000),
    'x'.repeat(1001),
    'This must have at most 1,000 characters.',
  ],
  ['a small number', z.number().min(5), 4, 'This must be at least 5.'],
  ['a number at an open end', z.number().positive(), 0, 'This must be more than 0.'],
  ['another length', z.string().length(1), 'ab', 'This must have exactly 1 character.'],
  ['no id', z.uuid(), 'x', 'This must be a UUID.'],
  ['no form of ours', z.string().regex(/^a$/), 'b', 'This must have another form.'],
  ['another beginning', z.string().startsWith('fx_'), 'b', 'This must start with "fx_".'],
])('complains of %s', (_what, schema, value, words) => {
  expect(complaintsOf(schema, value)).toEqual([
    typeof words === 'string' ? words : expect.stringMatching(words),
  ])
})

it('leaves a schema its own words, and never repeats a value', () => {
  expect(complaintsOf(z.string().min(3, 'Longer, please.'), 'ab')).toEqual(['Longer, please.'])
  const secret = 'fx_pat_0123456789'
  for (const schema of [z.number(), z.enum(['A', 'B']), z.uuid(), z.string().max(3), union]) {
    expect(JSON.stringify(complaintsOf(schema, secret))).not.toContain(secret)
  }
})
