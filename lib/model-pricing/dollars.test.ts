import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decimalText, dollarsOfPico, dollarsPerMillion } from '@/lib/model-pricing/dollars'

describe('money as text', () => {
  it.each([
    [2_500_000, '2.5'],
    [75_000, '0.075'],
    [3_000_000, '3'],
    [1, '0.000001'],
    [0, '0'],
  ])('says a rate of %i pico-USD as %s dollars a million', (rate, text) => {
    expect(dollarsPerMillion(rate)).toBe(text)
  })

  it('says what a call costs by itself', () => {
    expect(dollarsOfPico(12_000_000_000)).toBe('0.012')
  })

  it('loses no digit, however large', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n }), fc.integer({ min: 0, max: 12 }), (units, places) => {
        const [whole = '', fraction = ''] = decimalText(units, places).split('.')
        expect(BigInt(whole + fraction.padEnd(places, '0'))).toBe(units)
        expect(fraction.endsWith('0')).toBe(false)
      }),
    )
  })
})
