import { describe, expect, it } from 'vitest'
import {
  changeWords,
  clockWords,
  dollarWords,
  matchWords,
  partWords,
  rateWords,
  tokenWords,
} from './rate-words'

describe('prices in words', () => {
  it.each([
    [2_500_000, '$2.50'],
    [75_000, '$0.075'],
    [150_000_000, '$150.00'],
    [0, '$0.00'],
  ])('shows a rate of %i as %s', (rate, words) => {
    expect(rateWords(rate)).toBe(words)
  })

  it('groups thousands of dollars, and no digit after the point', () => {
    expect(dollarWords('1234567.123456')).toBe('$1,234,567.123456')
  })

  it.each([
    [128_000, '128K'],
    [1_048_576, '1.05M'],
    [8192, '8.2K'],
    [999, '999'],
  ])('shows %i tokens as %s', (count, words) => {
    expect(tokenWords(count)).toBe(words)
  })

  it('names the part of a price that is meant', () => {
    const window = { from: 990, to: 30 }
    expect(partWords({ kind: 'input', above: 200_000, window })).toBe(
      'Input above 200K, 16:30–00:30 UTC',
    )
    expect(clockWords(0)).toBe('00:00')
  })

  it('says how much a rate changed, where that can be said', () => {
    expect(changeWords(10, 2)).toBe('−80%')
    expect(changeWords(3, 4)).toBe('+33.3%')
    expect(changeWords(0, 4)).toBeNull()
    expect(changeWords(null, 4)).toBeNull()
  })

  it('says which names are meant', () => {
    expect(
      matchWords({
        or: [
          { equals: 'a' },
          { starts_with: 'b' },
          { and: [{ contains: 'c' }, { ends_with: 'd' }] },
          { or: [{ regex: '^e$' }] },
        ],
      }),
    ).toEqual(['a', 'b…', '…c… and …d', '/^e$/'])
  })
})
