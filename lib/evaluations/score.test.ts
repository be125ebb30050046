import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type CaseFacts,
  caseChange,
  compare,
  normalizedScore,
  percentile,
  type ScoredMetric,
  type SideFacts,
} from '@/lib/evaluations/score'

const levelsOf = (...scores: number[]) => scores.map((score) => ({ score }))
const FIVE = levelsOf(1, 2, 3, 4, 5)

const metricsArbitrary = fc
  .array(
    fc.record({
      share: fc.integer({ min: 0, max: 100 }),
      scores: fc.uniqueArray(fc.integer({ min: 0, max: 100 }), { minLength: 2, maxLength: 5 }),
    }),
    { minLength: 1, maxLength: 4 },
  )
  .map((drawn) =>
    drawn.map(({ share, scores }, index): ScoredMetric => {
      const sorted = scores.toSorted((a, b) => a - b)
      return {
        metricId: `m${index}`,
        share,
        levels: levelsOf(...sorted),
        passScore: sorted[1] ?? 0,
      }
    }),
  )

const sideOf = (metrics: readonly ScoredMetric[]): fc.Arbitrary<SideFacts> =>
  fc.record({
    scores: fc
      .tuple(
        ...metrics.map(({ metricId, levels }) =>
          fc
            .option(fc.constantFrom(...levels), { nil: null })
            .map((level) => [metricId, level] as const),
        ),
      )
      .map((drawn) => new Map(drawn.flatMap(([id, level]) => (level ? [[id, level.score]] : [])))),
    durationMs: fc.option(fc.nat(), { nil: null }),
    cost: fc.option(fc.bigInt({ min: 0n, max: 10n ** 15n }), { nil: null }),
  })

const runArbitrary = metricsArbitrary.chain((metrics) =>
  fc.record({
    metrics: fc.constant(metrics),
    cases: fc.array(fc.record({ candidate: sideOf(metrics), baseline: sideOf(metrics) }), {
      maxLength: 12,
    }),
  }),
)

const swapped = ({ candidate, baseline }: CaseFacts): CaseFacts => ({
  candidate: baseline ?? candidate,
  baseline: candidate,
})

describe('a comparison', () => {
  it('stays within its bounds, and says how many cases it stands on', () => {
    fc.assert(
      fc.property(runArbitrary, ({ metrics, cases }) => {
        const {
          overall,
          outcomes,
          scored,
          total,
          metrics: compared,
        } = compare(metrics, cases, true)
        const means = [overall, ...compared].flatMap((one) => {
          if (!one) return []
          return [one.candidate, one.baseline].map((side) =>
            typeof side === 'number' ? side : (side?.mean ?? 0),
          )
        })
        for (const mean of means) {
          expect(mean).toBeGreaterThanOrEqual(0)
          expect(mean).toBeLessThanOrEqual(100 + 1e-9)
        }
        expect(total).toBe(cases.length)
        expect((outcomes?.wins ?? 0) + (outcomes?.ties ?? 0) + (outcomes?.losses ?? 0)).toBe(scored)
        for (const { outcomes: each, scored: counted, candidate } of compared) {
          expect((each?.wins ?? 0) + (each?.ties ?? 0) + (each?.losses ?? 0)).toBe(counted)
          expect(candidate === null).toBe(counted === 0)
        }
      }),
    )
  })

  it('turned round says the opposite, and in another order the same', () => {
    fc.assert(
      fc.property(runArbitrary, ({ metrics, cases }) => {
        const one = compare(metrics, cases, true)
        const other = compare(metrics, cases.map(swapped), true)
        expect(other.overall?.change ?? 0).toBeCloseTo(-(one.overall?.change ?? 0), 9)
        expect(other.outcomes).toEqual({
          wins: one.outcomes?.losses,
          ties: one.outcomes?.ties,
          losses: one.outcomes?.wins,
        })
        expect(compare(metrics, cases.toReversed(), true)).toEqual(one)
      }),
    )
  })

  it('of a case on which a side has nothing is that of the others alone', () => {
    fc.assert(
      fc.property(runArbitrary, ({ metrics, cases }) => {
        const nothing: SideFacts = { scores: new Map(), durationMs: null, cost: null }
        const best = new Map(
          metrics.map(({ metricId, levels }) => [metricId, levels.at(-1)?.score ?? 0]),
        )
        const failed: CaseFacts = {
          candidate: nothing,
          baseline: { scores: best, durationMs: null, cost: null },
        }
        const before = compare(metrics, cases, true)
        const after = compare(metrics, [...cases, failed], true)
        expect(caseChange(metrics, failed)).toBeNull()
        expect(after.overall).toEqual(before.overall)
        expect(after.scored).toBe(before.scored)
        expect(after.total).toBe(before.total + 1)
      }),
    )
  })

  it('adds costs up to the nano-dollar, and names what has no price', () => {
    fc.assert(
      fc.property(runArbitrary, ({ metrics, cases }) => {
        const { candidate } = compare(metrics, cases, true).measured
        const answered = cases.filter((one) => one.candidate.durationMs !== null)
        const sum = answered.reduce((total, one) => total + (one.candidate.cost ?? 0n), 0n)
        expect(candidate.totalCost).toBe(sum)
        expect(candidate.answered).toBe(answered.length)
        expect(candidate.unpriced).toBe(
          answered.filter((one) => one.candidate.cost === null).length,
        )
      }),
    )
  })
})

const side = (scores: Record<string, number>, durationMs = 0): SideFacts => ({
  scores: new Map(Object.entries(scores)),
  durationMs,
  cost: 1n,
})

it('weighs metrics by their shares, brought to 100 again', () => {
  const metrics: ScoredMetric[] = [
    { metricId: 'a', share: 60, levels: FIVE, passScore: 4 },
    { metricId: 'b', share: 20, levels: levelsOf(0, 10), passScore: 10 },
    // Never scored: its part goes to the others.
    { metricId: 'c', share: 20, levels: FIVE, passScore: 4 },
  ]
  const cases: CaseFacts[] = [
    { candidate: side({ a: 5, b: 0 }, 30), baseline: side({ a: 3, b: 10 }, 10) },
    { candidate: side({ a: 4, b: 0 }, 10), baseline: side({ a: 4, b: 0 }, 10) },
  ]
  const { overall, outcomes, metrics: compared, measured } = compare(metrics, cases, true)
  expect(overall).toEqual({ candidate: 65.625, baseline: 59.375, change: 6.25 })
  expect(outcomes).toEqual({ wins: 1, ties: 1, losses: 0 })
  expect(compared).toMatchObject([
    {
      candidate: { mean: 87.5, passRate: 100 },
      baseline: { mean: 62.5, passRate: 50 },
      change: 25,
    },
    { candidate: { mean: 0 }, baseline: { mean: 50 }, outcomes: { wins: 0, ties: 1, losses: 1 } },
    { scored: 0, total: 2, candidate: null, change: null },
  ])
  expect(measured).toMatchObject({
    candidate: { medianMs: 10, p95Ms: 30 },
    baseline: { p95Ms: 10 },
  })
  expect(compare(metrics, cases, false)).toMatchObject({
    overall: { candidate: 65.625, baseline: null, change: null },
    outcomes: null,
    measured: { baseline: null },
  })
})

it('a score is placed between the ends of its scale, and a percentile was measured', () => {
  expect([1, 3, 5].map((score) => normalizedScore(FIVE, score))).toEqual([0, 50, 100])
  expect(() => normalizedScore(levelsOf(1), 1)).toThrow(RangeError)
  expect([50, 95, 100].map((percent) => percentile([1, 2, 3, 4], percent))).toEqual([2, 4, 4])
  expect(percentile([], 50)).toBeNull()
})
