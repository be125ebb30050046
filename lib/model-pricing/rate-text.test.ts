import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  dollarsACall,
  dollarsAMillion,
  picoACallOf,
  picoATokenOf,
} from '@/lib/model-pricing/rate-text'

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

  it('comes back as it was written, with at least two decimals', () => {
    fc.assert(
      fc.property(fc.nat({ max: 10 ** 9 }), (millionths) => {
        expect(picoATokenOf(dollarsAMillion(millionths))).toBe(millionths)
        const pico = millionths * 1_000_000
        expect(picoACallOf(dollarsACall(pico))).toBe(pico)
      }),
    )
    expect(dollarsAMillion(2_500_000)).toBe('2.50')
    expect(dollarsAMillion(1)).toBe('0.000001')
    expect(dollarsAMillion(75_000)).toBe('0.075')
    expect(dollarsACall(10_000_000_000)).toBe('0.01')
  })
})
