import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { centsOfNano } from '@/lib/billing/money'
import { billingPeriodAt } from '@/lib/plans/billing-period'
import { PLAN_IDS, PLANS, type Plan } from '@/lib/plans/plan'
import { changeLines, feeLines, totalCents } from '@/lib/subscriptions/proration'

const moments = fc.integer({ min: Date.UTC(2023, 0), max: Date.UTC(2029, 0) })
const periods = fc
  .tuple(moments, fc.integer({ min: 1, max: 31 }))
  .map(([moment, anchor]) => billingPeriodAt(moment, anchor))
/** Fees of any size, uneven ones too. */
const plans: fc.Arbitrary<Plan> = fc
  .tuple(fc.constantFrom(...PLAN_IDS), fc.integer({ min: 0, max: 2_000_000 }))
  .map(([id, periodCents]) => ({ ...PLANS[id], fees: { ...PLANS[id].fees, periodCents } }))
const changes = fc
  .record({
    from: fc.option(plans),
    to: plans,
    period: periods,
    part: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  .map(({ part, ...rest }) => {
    const { from, to } = rest.period
    return { ...rest, at: from + Math.floor((to - from) * part) }
  })

const total = (change: Parameters<typeof changeLines>[0]) => totalCents(changeLines(change))

describe('a change of plan', () => {
  it('costs nothing where nothing changes, and nothing there and back at one moment', () => {
    fc.assert(
      fc.property(changes, plans, ({ to, at, period }, other) => {
        expect(total({ from: to, to, at, period })).toBe(0n)
        const there = total({ from: to, to: other, at, period })
        expect(there + total({ from: other, to, at, period })).toBe(0n)
      }),
    )
  })

  it('is rounded once for each line, and no line is more than the fee of its plan', () => {
    fc.assert(
      fc.property(changes, (change) => {
        const lines = changeLines(change)
        expect(lines.length).toBeLessThanOrEqual(2)
        for (const { kind, cents, nano, period } of lines) {
          expect(cents).toBe(centsOfNano(nano))
          expect(nano).not.toBe(0n)
          const plan = kind === 'PLAN_CREDIT' ? change.from : change.to
          const fee = BigInt(plan?.fees.periodCents ?? -1)
          expect(kind === 'PLAN_CREDIT' ? -cents : cents).toBeGreaterThanOrEqual(0n)
          expect(kind === 'PLAN_CREDIT' ? -cents : cents).toBeLessThanOrEqual(fee)
          expect(period).toEqual({ from: change.at, to: change.period.to })
        }
      }),
    )
  })

  it('costs less the later it is', () => {
    fc.assert(
      fc.property(changes, fc.nat(40 * 86_400_000), (change, wait) => {
        const later = Math.min(change.at + wait, change.period.to)
        const [alone, afterwards] = [change.at, later].map((at) =>
          total({ ...change, from: null, at }),
        )
        expect(afterwards).toBeLessThanOrEqual(alone ?? -1n)
      }),
    )
  })

  it('costs the whole fee at the beginning of a period, and nothing at its end', () => {
    fc.assert(
      fc.property(plans, periods, (to, period) => {
        const fee = BigInt(to.fees.periodCents)
        expect(totalCents(feeLines(to, period))).toBe(fee)
        expect(total({ from: null, to, at: period.from, period })).toBe(fee)
        expect(changeLines({ from: to, to: PLANS.ENTERPRISE, at: period.to, period })).toEqual([])
      }),
    )
  })

  it('costs in two steps what it costs in one, but for the rounding of the lines', () => {
    fc.assert(
      fc.property(plans, plans, plans, changes, (one, two, three, { at, period }) => {
        const steps =
          total({ from: one, to: two, at, period }) + total({ from: two, to: three, at, period })
        expect(steps).toBe(total({ from: one, to: three, at, period }))
      }),
    )
  })
})
