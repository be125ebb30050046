import { z } from '@hono/zod-openapi'
import { AGENT_ITEM, makerFields, makerToWire } from '@/app/v1/_api/agent-resource'
import { usd } from '@/app/v1/_api/agent-usage-resource'
import { epochMs, epochMsOrNull } from '@/app/v1/_api/wire-schema'
import { METRIC_KINDS } from '@/lib/evaluation-metrics/model'
import {
  type CaseResult,
  type CaseSide,
  EVALUATION_STATUSES,
  type Evaluation,
  type EvaluationSummary,
  ITEM_STATES,
} from '@/lib/evaluations/model'
import type { Comparison, MeasuredSide } from '@/lib/evaluations/score'

/** How runs of evaluations look outside. */

export const EVALUATION_COLLECTION = `${AGENT_ITEM}/evaluationRuns`
export const EVALUATION_ITEM = `${EVALUATION_COLLECTION}/{evaluationRun}`

const points = z.number().min(0).max(100)
const score = points.nullable().openapi({ description: '0 to 100; null where nothing was scored.' })
const change = z
  .number()
  .nullable()
  .openapi({ description: 'Points, candidate minus baseline; null where nothing is compared.' })
const cases = z.int().min(0)
const outcomes = z
  .strictObject({ wins: cases, ties: cases, losses: cases })
  .nullable()
  .openapi({ description: 'Cases in which the candidate was better, as good, or worse.' })
const duration = z.int().min(0).nullable().openapi({ description: 'Milliseconds.' })
const unpriced = cases.openapi({
  description: 'How many have no price: they are not in the total.',
})

const summaryFields = {
  id: z.uuid(),
  agentId: z.string(),
  datasetId: z.uuid().nullable().openapi({ description: 'Null once it was deleted.' }),
  datasetName: z.string(),
  datasetVersion: z.int(),
  candidateRevision: z.int(),
  baselineRevision: z.int().nullable(),
  judge: z
    .strictObject({ provider: z.string(), model: z.string() })
    .nullable()
    .openapi({ description: 'Null: the local judge, which asks no model.' }),
  status: z.enum(EVALUATION_STATUSES),
  errorCode: z.string().nullable().openapi({ description: 'Why it failed.' }),
  caseCount: z.int(),
  progress: z
    .strictObject({ total: cases, done: cases, failed: cases })
    .openapi({ description: 'Cases of both sides together.' }),
  candidateScore: score,
  baselineScore: score,
  createdAt: epochMs,
  startedAt: epochMsOrNull,
  finishedAt: epochMsOrNull,
  ...makerFields,
}

export const evaluationSummarySchema = z.strictObject(summaryFields).openapi('EvaluationRunSummary')

const sideScore = z
  .strictObject({ mean: points, passRate: points })
  .nullable()
  .openapi({ description: 'The mean of 0 to 100, and percent of the cases that pass.' })
const measuredSide = z.strictObject({
  answered: cases,
  medianDuration: duration,
  p95Duration: duration,
  totalCost: usd,
  unpriced,
})
const metricFields = {
  metricId: z.uuid(),
  key: z.string(),
  name: z.string(),
  kind: z.enum(METRIC_KINDS),
  version: z.int(),
  share: z.int().openapi({ description: 'Percent of the agent’s set when the run was started.' }),
  passScore: z.int().nullable(),
}

export const evaluationSchema = z
  .strictObject({
    ...summaryFields,
    metrics: z.array(
      z.strictObject({
        ...metricFields,
        result: z
          .strictObject({
            scored: cases.openapi({ description: 'Cases scored on every side there is.' }),
            total: cases,
            candidate: sideScore,
            baseline: sideScore,
            change,
            outcomes,
          })
          .nullable()
          .openapi({ description: 'Null for what is measured.' }),
      }),
    ),
    result: z.strictObject({
      candidate: score,
      baseline: score,
      change,
      outcomes,
      scored: cases.openapi({ description: 'Cases that the scores stand on.' }),
      total: cases,
    }),
    measured: z
      .strictObject({ candidate: measuredSide, baseline: measuredSide.nullable() })
      .openapi({ description: 'Compared beside the score, and no part of it.' }),
    judging: z.strictObject({ totalCost: usd, unpriced }),
    hasTexts: z.boolean().openapi({
      description: 'False once its texts were removed: by age, or with the dataset.',
    }),
  })
  .openapi('EvaluationRun')

const sideSchema = z.strictObject({
  state: z.enum(ITEM_STATES),
  errorCode: z.string().nullable(),
  executionRecordId: z.uuid().nullable(),
  answer: z.string().nullable(),
  duration,
  cost: usd.nullable().openapi({ description: 'US dollars; null where no price is known.' }),
  score,
  scores: z.array(
    z.strictObject({
      metricId: z.uuid(),
      score: z.int().nullable().openapi({ description: 'One of the levels.' }),
      levelLabel: z.string().nullable(),
      passed: z.boolean().nullable(),
      reason: z.string().nullable(),
      errorCode: z.string().nullable(),
    }),
  ),
})

export const caseResultSchema = z
  .strictObject({
    position: z.int(),
    caseId: z.uuid(),
    name: z.string().nullable(),
    input: z.string().nullable(),
    parameters: z.record(z.string(), z.unknown()).nullable(),
    expected: z.string().nullable(),
    candidate: sideSchema,
    baseline: sideSchema.nullable(),
    change,
  })
  .openapi('EvaluationCaseResult')

export function evaluationSummaryToWire(run: EvaluationSummary) {
  return {
    id: run.id,
    agentId: run.agentId,
    datasetId: run.datasetId,
    datasetName: run.datasetName,
    datasetVersion: run.datasetVersion,
    candidateRevision: run.candidateRevision,
    baselineRevision: run.baselineRevision,
    judge: run.judge,
    status: run.status,
    errorCode: run.errorCode,
    caseCount: run.caseCount,
    progress: run.progress,
    candidateScore: run.candidateScore,
    baselineScore: run.baselineScore,
    createdAt: run.createdAt,
    startedAt: run.startedAt,
    finishedAt: run.finishedAt,
    ...makerToWire(run.startedBy),
  }
}

export function evaluationToWire(run: Evaluation) {
  const { comparison, judging, hasTexts } = run
  const { overall, outcomes: compared, scored, total, measured } = comparison
  return {
    ...evaluationSummaryToWire(run),
    metrics: run.metrics.map(({ levels: _levels, ...metric }) => ({
      ...metric,
      result: resultOf(comparison, metric.metricId),
    })),
    result: {
      candidate: overall?.candidate ?? null,
      baseline: overall?.baseline ?? null,
      change: overall?.change ?? null,
      outcomes: compared,
      ...{ scored, total },
    },
    measured: {
      candidate: measuredToWire(measured.candidate),
      baseline: measured.baseline && measuredToWire(measured.baseline),
    },
    judging: { totalCost: dollars(judging.totalCost), unpriced: judging.unpriced },
    hasTexts,
  }
}

function resultOf({ metrics }: Comparison, metricId: string) {
  const found = metrics.find((metric) => metric.metricId === metricId)
  if (!found) return null
  const { metricId: _metricId, ...result } = found
  return result
}

function measuredToWire({ medianMs, p95Ms, totalCost, ...counts }: MeasuredSide) {
  return {
    ...counts,
    medianDuration: medianMs,
    p95Duration: p95Ms,
    totalCost: dollars(totalCost),
  }
}

export function caseResultToWire({ candidate, baseline, ...result }: CaseResult) {
  return { ...result, candidate: sideToWire(candidate), baseline: baseline && sideToWire(baseline) }
}

function sideToWire({ executionId, durationMs, cost, overall, ...side }: CaseSide) {
  return {
    ...side,
    executionRecordId: executionId,
    duration: durationMs,
    cost: cost === null ? null : dollars(cost),
    score: overall,
  }
}

const NANO_IN_DOLLAR = 1e9

/** Exact sums, told as the numbers of dollars that the contract has. */
function dollars(nano: bigint): number {
  return Number(nano) / NANO_IN_DOLLAR
}
