import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lifetimeDaysProblem, tokenNameProblem } from '@/lib/tokens/limits'
import { expirationDaysSchema, tokenNameSchema } from '@/lib/tokens/schema'

/** The first complaint of the server's schema, as the form would show it. */
function complaintOf(schema: typeof tokenNameSchema | typeof expirationDaysSchema, input: unknown) {
  return schema.safeParse(input).error?.issues[0]?.message
}

const names = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 120 }),
  fc.string({ unit: 'grapheme', maxLength: 120 }),
  fc.string({
    unit: fc.constantFrom('a', ' ', '\u00a0', '\u202e', '\ud800', '\u0000'),
    maxLength: 90,
  }),
)
const days = fc.oneof(fc.integer(), fc.double(), fc.integer({ min: -2, max: 40_000 }))

describe('what a form says before it sends is what the server would say', () => {
  it('of names', () => {
    fc.assert(
      fc.property(names, (name) => {
        expect(tokenNameProblem(name)).toBe(complaintOf(tokenNameSchema, name))
      }),
      { numRuns: 2000 },
    )
  })

  it('accepts the same names and lives', () => {
    fc.assert(
      fc.property(names, days, (name, life) => {
        expect(tokenNameProblem(name) === undefined).toBe(tokenNameSchema.safeParse(name).success)
        expect(lifetimeDaysProblem(life) === undefined).toBe(
          expirationDaysSchema.safeParse(life).success,
        )
      }),
      { numRuns: 2000 },
    )
  })

  it.each([0, -1, 1.5, 36_501])('of a life of %s days', (life) => {
    expect(lifetimeDaysProblem(life)).toBe(complaintOf(expirationDaysSchema, life))
  })
})
