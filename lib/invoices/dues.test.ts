import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PlanSpan } from '@/lib/billing/charge'
import { dues, type PeriodSums } from '@/lib/invoices/dues'
import { spanOf } from '@/lib/invoices/invoice-fixture'
import { billingPeriodAt } from '@/lib/plans/billing-period'
import { PLAN_IDS, PLANS, type PlanId } from '@/lib/plans/plan'

const DAY = 86_400_000
const GIB = 1n << 30n
const JUNE = { from: Date.UTC(2026, 5, 1), to: Date.UTC(2026, 6, 1) }

const NOTHING: PeriodSums = { models: [], tokens: [], requests: [], storage: [], seats: [] }
const every = (amount: bigint, days = 30) => Array.from({ length: days }, () => amount)
const only = (amount: bigint, on: number, days = 30) =>
  Array.from({ length: days }, (_, day) => (day === on ? amount : 0n))

function amounts(sums: Partial<PeriodSums>, spans: readonly PlanSpan[] = [spanOf(JUNE)]) {
  return dues({ ...NOTHING, ...sums }, spans, JUNE).map(({ kind, quantity, nano }) => [
    kind,
    quantity,
    nano,
  ])
}

function changed(from: PlanId, to: PlanId, at: number): PlanSpan[] {
  return [
    { from: JUNE.from, to: at, plan: PLANS[from], trial: false },
    { from: at, to: JUNE.to, plan: PLANS[to], trial: false },
  ]
}

describe('what a period costs', () => {
  it('is nothing within the allowances', () => {
    const sums = {
      tokens: only(25_000_000n, 3),
      requests: only(50_000n, 29),
      storage: every(5n * GIB),
      seats: every(3n),
    }
    expect(amounts(sums)).toEqual([])
  })

  it('is each model at its exact cost, whatever its names', () => {
    const models = [
      { provider: 'a/b', model: 'c', tokens: 10n, nano: 1n },
      { provider: 'a', model: 'b/c', tokens: 20n, nano: -2n },
      { provider: 'a', model: 'free', tokens: 30n, nano: 0n },
    ]
    const charges = dues({ ...NOTHING, models }, [spanOf(JUNE)], JUNE)
    expect(charges.map(({ nano, quantity, cents }) => [nano, quantity, cents])).toEqual([
      [1n, 10n, 0n],
      [-2n, 20n, 0n],
    ])
    expect(new Set(charges.map(({ key }) => key)).size).toBe(2)
  })

  it('names providers as people do, and others as they are', () => {
    const models = ['anthropic', 'our-gateway'].map((provider) => ({
      ...{ provider, model: 'claude-opus-5', tokens: 1n, nano: 1n },
    }))
    const charges = dues({ ...NOTHING, models }, [spanOf(JUNE)], JUNE)
    expect(charges.map(({ description }) => description)).toEqual([
      'Anthropic claude-opus-5',
      'our-gateway claude-opus-5',
    ])
  })

  it('is what goes beyond each allowance', () => {
    expect(amounts({ tokens: only(26_000_001n, 0) })).toEqual([
      ['TOKENS', 1_000_001n, 200_000_200n],
    ])
    expect(amounts({ requests: only(51_000n, 0) })).toEqual([['REQUESTS', 1000n, 100_000_000n]])
    // A GiB for a third of the period, at 25 cents.
    const held = [...every(6n * GIB, 10), ...every(0n, 20)]
    expect(amounts({ storage: held })).toEqual([['STORAGE', 10n * GIB, 83_333_333n]])
    // Two members too many for 15 days of 30, at $15.
    expect(amounts({ seats: [...every(5n, 15), ...every(2n, 15)] })).toEqual([
      ['SEATS', 30n, 15_000_000_000n],
    ])
  })

  it('lets a plan that changes count for its share of the period', () => {
    const half = JUNE.from + 15 * DAY
    const inHalf = changed('STARTER', 'TEAM', half)
    // 12.5 and 250 million are included.
    expect(amounts({ tokens: only(262_500_000n, 20) }, inHalf)).toEqual([])
    expect(amounts({ tokens: only(263_500_000n, 20) }, inHalf)).toEqual([
      ['TOKENS', 1_000_000n, 160_000_000n],
    ])
    // On the last day hardly anything more is included than before.
    const late = amounts(
      { tokens: only(500_000_000n, 3) },
      changed('STARTER', 'TEAM', JUNE.to - DAY),
    )
    expect(late.map(([kind, quantity]) => [kind, quantity])).toEqual([['TOKENS', 459_166_667n]])
    // Days of a plan without an end count for nothing, those before it do.
    expect(
      amounts({ tokens: only(900_000_000n, 20) }, changed('STARTER', 'ENTERPRISE', half)),
    ).toEqual([])
    expect(
      amounts({ tokens: only(13_500_000n, 2) }, changed('STARTER', 'ENTERPRISE', half)),
    ).toEqual([['TOKENS', 1_000_000n, 200_000_000n]])
    // Members who came after the change have seats of the larger plan.
    expect(amounts({ seats: [...every(3n, 15), ...every(25n, 15)] }, inHalf)).toEqual([])
  })

  it('refuses spans with gaps, and periods that are not whole days', () => {
    const gap = [{ ...spanOf(JUNE), to: JUNE.to - 1 }]
    expect(() => dues(NOTHING, gap, JUNE)).toThrow(RangeError)
    const odd = { from: JUNE.from + 1, to: JUNE.to + 1 }
    expect(() => dues(NOTHING, [spanOf(odd)], odd)).toThrow(RangeError)
  })

  it('grows with use, is never negative, and does not depend on how a span is cut', () => {
    const use = fc.bigInt({ min: 0n, max: 10n ** 13n })
    const anyPeriod = fc
      .tuple(
        fc.integer({ min: Date.UTC(2023, 0, 1), max: Date.UTC(2029, 0, 1) }),
        fc.integer({ min: 1, max: 31 }),
      )
      .map(([moment, anchor]) => billingPeriodAt(moment, anchor))
    fc.assert(
      fc.property(
        anyPeriod,
        fc.constantFrom(...PLAN_IDS),
        fc.array(use, { minLength: 31, maxLength: 31 }),
        fc.nat({ max: 30 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (period, plan, amounts, on, share) => {
          const sums = {
            ...NOTHING,
            tokens: amounts,
            requests: amounts,
            storage: amounts,
            seats: amounts,
          }
          const cut = Math.round(period.from + (period.to - period.from) * share)
          const parts = [
            { ...spanOf({ from: period.from, to: cut }, plan) },
            { ...spanOf({ from: cut, to: period.to }, plan) },
          ]
          const whole = dues(sums, [spanOf(period, plan)], period)
          expect(dues(sums, parts, period)).toEqual(whole)
          const more = amounts.map((amount, day) => (day === on ? amount + 1_000_000n : amount))
          const grown = dues(
            { ...sums, tokens: more, storage: more },
            [spanOf(period, plan)],
            period,
          )
          for (const { kind, nano, quantity } of whole) {
            expect(nano > 0n && quantity > 0n).toBe(true)
            const after = grown.find((one) => one.kind === kind)
            expect((after?.nano ?? -1n) >= nano).toBe(true)
          }
        },
      ),
    )
  })
})
