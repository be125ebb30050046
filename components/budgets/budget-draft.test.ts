import { describe, expect, it } from 'vitest'
import {
  amountProblem,
  type BudgetDraft,
  draftOf,
  effectOf,
  parseAmount,
  withThreshold,
} from './budget-draft'

const draft: BudgetDraft = { ...draftOf(null, ''), amount: '10' }
const DOLLAR = 1_000_000_000n

it('takes amounts as people write them, and nothing else', () => {
  expect(['250', ' $1,200.50 ', '0.01'].map(parseAmount)).toEqual([250, 1200.5, 0.01])
  for (const typed of ['', '0', '-5', '1e3', 'ten', '0.001', '9999999999', '1.2.3']) {
    expect(parseAmount(typed), typed).toBeNull()
    expect(amountProblem(typed), typed).toBeDefined()
  }
})

it('keeps thresholds in order, each once, and ten at most', () => {
  expect(withThreshold([50, 100], '80 %')).toEqual({ thresholds: [50, 80, 100] })
  expect(withThreshold([50], '50')).toEqual({ thresholds: [50] })
  for (const typed of ['', '0', '1001', '12.5', 'x']) {
    expect(withThreshold([], typed), typed).toHaveProperty('problem')
  }
  expect(withThreshold([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], '11')).toHaveProperty('problem')
})

describe('the effect', () => {
  it('is not told before there is an amount', () => {
    expect(effectOf({ ...draft, amount: '' }, 0n)).toBeNull()
  })

  it('warns of what would happen at once', () => {
    expect(effectOf(draft, DOLLAR)).toEqual({
      alarming: false,
      text: '$1.00 was spent this month so far, which is 10% of it.',
    })
    expect(effectOf(draft, 9n * DOLLAR)).toMatchObject({
      alarming: true,
      text: expect.stringContaining('The threshold of 80% is reached already.'),
    })
    expect(effectOf(draft, 10n * DOLLAR)?.text).toContain(
      'this would already be exhausted. Nothing',
    )
    expect(effectOf({ ...draft, enforce: true }, 11n * DOLLAR)?.text).toContain(
      'told to stop at once',
    )
  })
})
