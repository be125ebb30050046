import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dollarsOfPico, dollarsPerMillion } from '@/lib/model-pricing/dollars'
import { picoACallOf, picoATokenOf } from '@/lib/model-pricing/rate-text'

describe('a typed price', () => {
  it.each([
    ['2.5', 2_500_000],
    ['0.000001', 1],
    ['.5', 500_000],
    ['3.', 3_000_000],
    [' 10000 ', 10_000_000_000],
    ['0', 0],
    // 0.1 + 0.2 would not be it in floating point.
    ['0.3', 300_000],
  ])('%s is pico-USD a token to the digit', (text, pico) => {
    expect(picoATokenOf(text)).toBe(pico)
  })

  it.each(['', '.', '-1', '1e3', '1,5', '$2', '0.0000001', 'free', '1 000', '12345678'])(
    'is not %j',
    (text) => {
      expect(picoATokenOf(text)).toBeNull()
      expect(picoACallOf(text)).toBeNull()
    },
  )

  it('comes back as it was written', () => {
    fc.assert(
      fc.property(fc.nat({ max: 10 ** 9 }), (millionths) => {
        expect(picoATokenOf(dollarsPerMillion(millionths))).toBe(millionths)
        const pico = millionths * 1_000_000
        expect(picoACallOf(dollarsOfPico(pico))).toBe(pico)
      }),
    )
  })
})
