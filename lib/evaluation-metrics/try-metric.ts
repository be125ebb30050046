import type { Context } from '@/lib/context'
import { notFound } from '@/lib/errors'
import { authorizeJudging, authorizeOneMetricReading } from '@/lib/evaluation-metrics/access'
import type { Judge, Verdict } from '@/lib/evaluation-metrics/judge'
import { levelAt } from '@/lib/evaluation-metrics/model'
import { type Judging, modelJudge } from '@/lib/evaluation-metrics/model-judge'
import { measuredRefusal } from '@/lib/evaluation-metrics/refusals'
import { onlyVersion, selectMetric, selectVersions } from '@/lib/evaluation-metrics/rows'
import type { TryMetric } from '@/lib/evaluation-metrics/schema'

export interface Trial extends Verdict {
  version: number
  levelLabel: string
  passScore: number
  passed: boolean
  judge: Pick<Judge, 'id' | 'label' | 'isDeterministic' | 'model'>
}

interface Attempt extends TryMetric {
  metricId: string
  /** Ends the call of a model when the caller has left. */
  signal?: AbortSignal
}

/**
 * Has a judge score pasted texts by a version of the metric, the newest unless told: the local one, or the model that
 * is named, which needs agents:test and is paid for. Nothing is kept of it but what it used.
 * @throws DomainError not-found, also for a version that is not there | forbidden | invalid `metric_not_judged` | what
 *   `modelJudge` throws
 */
export async function tryMetric(
  ctx: Context,
  judging: Judging,
  { metricId, version, input, output, reference, judge: chosen, signal }: Attempt,
): Promise<Trial> {
  if (chosen) authorizeJudging(ctx)
  else authorizeOneMetricReading(ctx)
  const metric = await selectMetric(ctx.db.pool, ctx.organization.id, metricId)
  if (!metric) throw notFound()
  if (metric.kind === 'MEASURED') throw measuredRefusal()
  const versions = metric.isSystem
    ? [onlyVersion(metric)]
    : await selectVersions(ctx.db.pool, ctx.organization.id, metricId)
  const tried = versions.find((one) => one.version === (version ?? metric.version))
  if (!tried || tried.passScore === null) throw notFound()
  const familyId = ctx.principal.kind === 'token' ? ctx.principal.familyId : null
  const judge = chosen ? modelJudge(ctx, judging, chosen, { familyId, signal }) : judging.local
  const verdict = await judge.judge({ metric: tried, input, output, reference: reference ?? null })
  const { id, label, isDeterministic, model } = judge
  return {
    ...verdict,
    version: tried.version,
    levelLabel: levelAt(tried, verdict.score)?.label ?? String(verdict.score),
    passScore: tried.passScore,
    passed: verdict.score >= tried.passScore,
    judge: { id, label, isDeterministic, model },
  }
}
