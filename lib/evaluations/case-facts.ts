import type { FrozenMetric, JudgingCost, Side } from '@/lib/evaluations/model'
import type { Client } from '@/lib/evaluations/run-rows'
import { type CaseFacts, type Comparison, compare, type SideFacts } from '@/lib/evaluations/score'

/** What is reckoned with, without any text. */

export interface RunKey {
  organizationId: string
  runId: string
}

interface FactRow {
  position: number
  side: Side
  durationMs: number | null
  inputCost: string | null
  outputCost: string | null
  scores: Record<string, number> | null
}

/** Every case of a run in its order. */
export async function selectCaseFacts(
  client: Client,
  { organizationId, runId }: RunKey,
): Promise<CaseFacts[]> {
  const { rows } = await client.query<FactRow>(
    `SELECT i.position, i.side, i.duration_ms AS "durationMs", i.input_cost AS "inputCost",
       i.output_cost AS "outputCost", s.scores
     FROM evaluation.run_item i LEFT JOIN (
       SELECT position, side, json_object_agg(metric_id, score) AS scores FROM evaluation.run_score
       WHERE organization_id = $1 AND run_id = $2 AND score IS NOT NULL GROUP BY position, side
     ) s USING (position, side)
     WHERE i.organization_id = $1 AND i.run_id = $2 ORDER BY i.position`,
    [organizationId, runId],
  )
  const cases = new Map<number, Partial<Record<Side, SideFacts>>>()
  for (const { position, side, durationMs, inputCost, outputCost, scores } of rows) {
    const facts: SideFacts = {
      scores: new Map(Object.entries(scores ?? {})),
      durationMs,
      cost: costOf(inputCost, outputCost),
    }
    cases.set(position, { ...cases.get(position), [side]: facts })
  }
  return [...cases.values()].map(({ CANDIDATE, BASELINE }) => ({
    candidate: CANDIDATE ?? NOTHING,
    baseline: BASELINE ?? null,
  }))
}

const NOTHING: SideFacts = { scores: new Map(), durationMs: null, cost: null }

export async function selectJudgingCost(
  client: Client,
  { organizationId, runId }: RunKey,
): Promise<JudgingCost> {
  const { rows } = await client.query<{ total: string; unpriced: number }>(
    `SELECT coalesce(sum(cost), 0)::text AS total, count(*) FILTER (WHERE cost IS NULL)::int AS unpriced
     FROM evaluation.run_score WHERE organization_id = $1 AND run_id = $2`,
    [organizationId, runId],
  )
  return { totalCost: BigInt(rows[0]?.total ?? 0), unpriced: rows[0]?.unpriced ?? 0 }
}

/** As the driver gives them. */
export function costOf(inputCost: string | null, outputCost: string | null): bigint | null {
  return inputCost === null || outputCost === null ? null : BigInt(inputCost) + BigInt(outputCost)
}

export function judgedOf<Metric extends Pick<FrozenMetric, 'kind'>>(
  metrics: readonly Metric[],
): Metric[] {
  return metrics.filter(({ kind }) => kind === 'JUDGED')
}

/** What a run says by now. */
export async function comparisonOf(
  client: Client,
  key: RunKey,
  run: { metrics: readonly FrozenMetric[]; baselineRevision: number | null },
): Promise<Comparison> {
  const cases = await selectCaseFacts(client, key)
  return compare(judgedOf(run.metrics), cases, run.baselineRevision !== null)
}
