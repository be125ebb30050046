import { describe, expect, it } from 'vitest'
import { putBudgetSchema } from '@/lib/budgets/schema'

const AMOUNT = 'Give dollars from 0.01 to 1,000,000,000 as a number, such as 250 or 99.5.'
const PERCENT = 'Give a whole percentage from 1 to 1000.'

const wordsOf = (input: unknown) =>
  putBudgetSchema
    .safeParse(input)
    .error?.issues.map(({ path, message }) => `/${path.join('/')}: ${message}`)

describe('a budget', () => {
  it.each([0, 0.009, -1, 1_000_000_001, '250', null, undefined, Number.NaN])(
    'of %s says which amounts there are',
    (amount) => expect(wordsOf({ amount })).toEqual([`/amount: ${AMOUNT}`]),
  )

  it.each([0, 1001, 12.5, '50'])('with a threshold of %s says which there are', (percent) => {
    const words = wordsOf({ amount: 1, thresholdRules: [{ percent }] })
    expect(words).toEqual([`/thresholdRules/0/percent: ${PERCENT}`])
  })

  it('has ten thresholds at most', () => {
    const thresholdRules = Array.from({ length: 11 }, (_, place) => ({ percent: place + 1 }))
    expect(wordsOf({ amount: 1, thresholdRules })).toEqual([
      '/thresholdRules: At most 10 thresholds.',
    ])
  })
})
