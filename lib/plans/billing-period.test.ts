import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { billingPeriodAt, periodBefore, periodStartsIn } from '@/lib/plans/billing-period'

const DAY = 86_400_000
const utc = (text: string) => Date.parse(`${text}T00:00:00Z`)
const moments = fc.integer({ min: utc('1999-01-01'), max: utc('2101-01-01') })
const anchors = fc.integer({ min: 1, max: 31 })

describe('a billing period', () => {
  it('ends on the last day of months that lack its anchor', () => {
    expect(billingPeriodAt(utc('2024-02-10'), 31)).toEqual({
      from: utc('2024-01-31'),
      to: utc('2024-02-29'),
    })
    expect(billingPeriodAt(utc('2024-02-29'), 31)).toEqual({
      from: utc('2024-02-29'),
      to: utc('2024-03-31'),
    })
    expect(billingPeriodAt(utc('2026-01-15') - 1, 15).to).toBe(utc('2026-01-15'))
  })

  it('holds its moment, lasts 28 to 31 days, and joins the one before without a gap', () => {
    fc.assert(
      fc.property(moments, anchors, (moment, anchor) => {
        const period = billingPeriodAt(moment, anchor)
        expect(period.from).toBeLessThanOrEqual(moment)
        expect(period.to).toBeGreaterThan(moment)
        expect((period.to - period.from) / DAY).toBeGreaterThanOrEqual(28)
        expect((period.to - period.from) / DAY).toBeLessThanOrEqual(31)
        expect(periodBefore(period, anchor).to).toBe(period.from)
        expect(billingPeriodAt(period.to, anchor).from).toBe(period.to)
      }),
    )
  })

  it('marks each of its beginnings in a range once', () => {
    const year = { from: utc('2026-01-01'), to: utc('2027-01-01') }
    expect(periodStartsIn(year, 31)).toHaveLength(12)
    expect(periodStartsIn(year, 1)[0]).toBe(year.from)
    expect(periodStartsIn({ from: utc('2026-03-02'), to: utc('2026-03-31') }, 1)).toEqual([])
  })
})
