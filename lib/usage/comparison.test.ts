import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { comparisonOf } from '@/lib/usage/comparison'
import { PERIODS, periodOf, spansOf } from '@/lib/usage/period'
import { DAYS_MAX } from '@/lib/usage/series'

const DAY = 86_400_000
const utc = (text: string) => Date.parse(`${text}Z`)

const periods = fc.oneof(
  fc.constantFrom(...PERIODS).map((name) => ({ name })),
  fc
    .tuple(fc.integer({ min: 18_000, max: 21_000 }), fc.nat({ max: 5000 }))
    .map(([first, length]) => ({
      name: null,
      firstDay: first * DAY,
      lastDay: (first + length) * DAY,
    })),
)
const moments = fc.integer({ min: utc('2020-01-01T00:00:00'), max: utc('2027-01-01T00:00:00') })
const anchors = fc.integer({ min: 1, max: 31 })

describe('a period', () => {
  it('is whole UTC days, and so is what it is compared with, right before it', () => {
    fc.assert(
      fc.property(periods, moments, anchors, (choice, now, anchor) => {
        const { range, before } = periodOf(choice, now, anchor)
        for (const moment of [range.from, range.to, before.from, before.to]) {
          expect(moment % DAY).toBe(0)
        }
        expect(range.from).toBeLessThan(range.to)
        expect(range.to - range.from).toBeLessThanOrEqual(DAYS_MAX * DAY)
        expect(range.to).toBeLessThanOrEqual(now + DAY)
        expect(before.to).toBe(range.from)
      }),
    )
  })

  it('of billing goes on to today, and no further', () => {
    const { range, before } = periodOf({ name: 'billing' }, utc('2026-11-22T10:00:00'), 6)
    expect(range).toEqual({ from: utc('2026-11-06T00:00:00'), to: utc('2026-11-23T00:00:00') })
    expect(before).toEqual({ from: utc('2026-10-06T00:00:00'), to: utc('2026-11-06T00:00:00') })
  })

  it('is shown by no more than some hundred bars', () => {
    fc.assert(
      fc.property(periods, moments, (choice, now) => {
        const { range } = periodOf(choice, now, 1)
        const [span] = spansOf(range, now)
        const days = (range.to - range.from) / DAY
        const bars = { HOUR: days * 24, DAY: days, WEEK: days / 7, MONTH: days / 28, RANGE: 1 }
        expect(bars[span ?? 'RANGE']).toBeLessThanOrEqual(100)
      }),
    )
  })
})

describe('a comparison', () => {
  it('is of as many whole days of both, of which today is none', () => {
    fc.assert(
      fc.property(periods, moments, anchors, (choice, now, anchor) => {
        const { range, before } = periodOf(choice, now, anchor)
        const compared = comparisonOf(range, before, now)
        if (compared === null) return
        expect(compared.now.from).toBe(range.from)
        expect(compared.before.from).toBe(before.from)
        expect(compared.now.to - compared.now.from).toBe(compared.days * DAY)
        expect(compared.before.to - compared.before.from).toBe(compared.days * DAY)
        expect(compared.now.to).toBeLessThanOrEqual(now)
        expect(compared.now.to).toBeLessThanOrEqual(range.to)
        expect(compared.before.to).toBeLessThanOrEqual(before.to)
      }),
    )
  })

  it('takes of a longer month what the shorter one had', () => {
    const march = { from: utc('2026-03-01T00:00:00'), to: utc('2026-04-01T00:00:00') }
    const february = { from: utc('2026-02-01T00:00:00'), to: utc('2026-03-01T00:00:00') }
    expect(comparisonOf(march, february, utc('2026-05-01T00:00:00'))?.days).toBe(28)
  })

  it('is none on the first day', () => {
    const { range, before } = periodOf({ name: 'today' }, utc('2026-03-01T23:59:59'), 1)
    expect(comparisonOf(range, before, utc('2026-03-01T23:59:59'))).toBeNull()
  })
})
