import type { Level } from '@/lib/evaluation-metrics/model'

/**
 * The arithmetic of an evaluation; pure and isomorphic. Scores of judged metrics are brought to 0…100 within their
 * levels. What is missing is left out and named, never counted as 0. Latency and cost are measured: they are compared
 * beside the score and are no part of it.
 */

/** What is counted of a metric. */
export interface ScoredMetric {
  metricId: string
  /** Percent of the agent's set. */
  share: number
  levels: readonly Pick<Level, 'score'>[]
  passScore: number | null
}

/** One case on one side. */
export interface SideFacts {
  /** Raw, by the id of the metric; what has no score is not in it. */
  scores: ReadonlyMap<string, number>
  /** Of the run that answered; null where none did. */
  durationMs: number | null
  /** Nano-USD of that run; null where no price was known, or none answered. */
  cost: bigint | null
}

export interface CaseFacts {
  candidate: SideFacts
  /** Null where nothing is compared. */
  baseline: SideFacts | null
}

/** Cases in which the candidate was better, as good, or worse. */
export interface Outcomes {
  wins: number
  ties: number
  losses: number
}

export interface SideScore {
  /** 0 to 100. */
  mean: number
  /** Percent of the cases whose score passes. */
  passRate: number
}

export interface MetricComparison {
  metricId: string
  /** Cases that count: scored on every side there is. */
  scored: number
  /** Cases of the run. */
  total: number
  /** Null where no case counts. */
  candidate: SideScore | null
  baseline: SideScore | null
  /** Points, candidate minus baseline. */
  change: number | null
  outcomes: Outcomes | null
}

export interface MeasuredSide {
  /** Cases that answered. */
  answered: number
  /** Milliseconds of what answered; null where nothing has. */
  medianMs: number | null
  p95Ms: number | null
  /** Nano-USD of what has a price. */
  totalCost: bigint
  /** Answered cases without a price: they are not in the total. */
  unpriced: number
}

export interface Comparison {
  /** By the shares of the judged metrics that have a score, brought to 100 again. Null where nothing has. */
  overall: {
    candidate: number
    baseline: number | null
    change: number | null
  } | null
  /** Cases in which the candidate is better by all metrics together. Null without a baseline. */
  outcomes: Outcomes | null
  /** Cases with a score on every side there is. */
  scored: number
  total: number
  /** Of judged metrics, in the order given. */
  metrics: MetricComparison[]
  measured: { candidate: MeasuredSide; baseline: MeasuredSide | null }
}

/** A score as 0…100 between the lowest and the highest level. */
export function normalizedScore(levels: ScoredMetric['levels'], score: number): number {
  const lowest = levels[0]?.score ?? 0
  const highest = levels.at(-1)?.score ?? 0
  if (!(highest > lowest)) throw new RangeError('A scale has two levels at least.')
  return ((score - lowest) * 100) / (highest - lowest)
}

/**
 * The mean by share over what has a value.
 * @returns null where nothing with a share has
 */
export function weightedMean(
  parts: readonly { share: number; value: number | null }[],
): number | null {
  let [sum, shares] = [0, 0]
  for (const { share, value } of parts) {
    if (value === null) continue
    sum += value * share
    shares += share
  }
  return shares > 0 ? sum / shares : null
}

/** One side of a case by all metrics that scored it, or by those that scored another side as well. */
export function caseScore(
  metrics: readonly ScoredMetric[],
  side: Pick<SideFacts, 'scores'>,
  also: Pick<SideFacts, 'scores'> = side,
): number | null {
  return weightedMean(
    metrics.map(({ metricId, share, levels }) => {
      const score = side.scores.get(metricId)
      const counts = score !== undefined && also.scores.has(metricId)
      return { share, value: counts ? normalizedScore(levels, score) : null }
    }),
  )
}

/** Candidate minus baseline, by the metrics that both were scored by. */
export function caseChange(
  metrics: readonly ScoredMetric[],
  { candidate, baseline }: Pick<CaseFacts, 'candidate' | 'baseline'>,
): number | null {
  if (!baseline) return null
  const mine = caseScore(metrics, candidate, baseline)
  const other = caseScore(metrics, baseline, candidate)
  return mine === null || other === null ? null : mine - other
}

/** What a run says as a whole. @param metrics the judged ones @param hasBaseline the same for every case */
export function compare(
  metrics: readonly ScoredMetric[],
  cases: readonly CaseFacts[],
  hasBaseline: boolean,
): Comparison {
  const compared = metrics.map((metric) => compareMetric(metric, cases, hasBaseline))
  const changes = cases.map((one) => caseChange(metrics, one))
  const scores = cases.map(({ candidate }) => caseScore(metrics, candidate))
  const mean = (side: 'candidate' | 'baseline') =>
    weightedMean(
      compared.map((metric, index) => ({
        share: metrics[index]?.share ?? 0,
        value: metric[side]?.mean ?? null,
      })),
    )
  const [candidate, baseline] = [mean('candidate'), mean('baseline')]
  return {
    overall:
      candidate === null
        ? null
        : { candidate, baseline, change: baseline === null ? null : candidate - baseline },
    outcomes: hasBaseline ? outcomesOf(changes) : null,
    scored: (hasBaseline ? changes : scores).filter((value) => value !== null).length,
    total: cases.length,
    metrics: compared,
    measured: {
      candidate: measured(cases.map((one) => one.candidate)),
      baseline: hasBaseline
        ? measured(cases.flatMap((one) => (one.baseline ? [one.baseline] : [])))
        : null,
    },
  }
}

function compareMetric(
  metric: ScoredMetric,
  cases: readonly CaseFacts[],
  hasBaseline: boolean,
): MetricComparison {
  const { metricId } = metric
  const counting = cases.flatMap((one) => {
    const mine = one.candidate.scores.get(metricId)
    const other = one.baseline?.scores.get(metricId)
    if (mine === undefined || (hasBaseline && other === undefined)) return []
    return [{ mine, other: other ?? null }]
  })
  const candidate = sideScore(
    metric,
    counting.map(({ mine }) => mine),
  )
  const baseline = sideScore(
    metric,
    counting.flatMap(({ other }) => (hasBaseline && other !== null ? [other] : [])),
  )
  const differences = counting.map(({ mine, other }) => (other === null ? null : mine - other))
  return {
    metricId,
    scored: counting.length,
    total: cases.length,
    candidate,
    baseline,
    change: candidate && baseline ? candidate.mean - baseline.mean : null,
    outcomes: hasBaseline ? outcomesOf(differences) : null,
  }
}

function sideScore(
  { levels, passScore }: ScoredMetric,
  scores: readonly number[],
): SideScore | null {
  if (scores.length === 0) return null
  // Summed as whole numbers, so that the order of cases changes nothing.
  const sum = scores.reduce((total, score) => total + score, 0)
  const passed = scores.filter((score) => passScore !== null && score >= passScore).length
  return {
    mean: normalizedScore(levels, sum / scores.length),
    passRate: (passed * 100) / scores.length,
  }
}

/** Beneath this, a change is a matter of rounding. */
const NO_CHANGE = 1e-9

function outcomesOf(changes: readonly (number | null)[]): Outcomes {
  const told = changes.filter((change) => change !== null)
  const wins = told.filter((change) => change > NO_CHANGE).length
  const losses = told.filter((change) => change < -NO_CHANGE).length
  return { wins, losses, ties: told.length - wins - losses }
}

function measured(sides: readonly SideFacts[]): MeasuredSide {
  const answered = sides.filter(({ durationMs }) => durationMs !== null)
  const durations = answered.map(({ durationMs }) => durationMs ?? 0).sort((a, b) => a - b)
  return {
    answered: answered.length,
    medianMs: percentile(durations, 50),
    p95Ms: percentile(durations, 95),
    totalCost: answered.reduce((sum, { cost }) => sum + (cost ?? 0n), 0n),
    unpriced: answered.filter(({ cost }) => cost === null).length,
  }
}

/** By nearest rank: always a value that was measured. @param sorted from the smallest on */
export function percentile(sorted: readonly number[], percent: number): number | null {
  return sorted[Math.max(0, Math.ceil((sorted.length * percent) / 100) - 1)] ?? null
}
