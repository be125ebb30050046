import type { Context } from '@/lib/context'
import { notFound } from '@/lib/errors'
import { authorizeOneMetricReading } from '@/lib/evaluation-metrics/access'
import type { Judge, Verdict } from '@/lib/evaluation-metrics/judge'
import { levelAt } from '@/lib/evaluation-metrics/model'
import { measuredRefusal } from '@/lib/evaluation-metrics/refusals'
import { onlyVersion, selectMetric, selectVersions } from '@/lib/evaluation-metrics/rows'
import type { TryMetric } from '@/lib/evaluation-metrics/schema'

export interface Trial extends Verdict {
  version: number
  levelLabel: string
  passScore: number
  passed: boolean
  judge: Pick<Judge, 'id' | 'label' | 'isDeterministic'>
}

/**
 * Has the judge score pasted texts by a version of the metric, the newest unless told. Nothing is kept of it.
 * @throws DomainError not-found, also for a version that is not there | invalid `metric_not_judged`
 */
export async function tryMetric(
  ctx: Context,
  judge: Judge,
  { metricId, version, input, output, reference }: TryMetric & { metricId: string },
): Promise<Trial> {
  authorizeOneMetricReading(ctx)
  const metric = await selectMetric(ctx.db.pool, ctx.organization.id, metricId)
  if (!metric) throw notFound()
  if (metric.kind === 'MEASURED') throw measuredRefusal()
  const versions = metric.isSystem
    ? [onlyVersion(metric)]
    : await selectVersions(ctx.db.pool, ctx.organization.id, metricId)
  const tried = versions.find((one) => one.version === (version ?? metric.version))
  if (!tried || tried.passScore === null) throw notFound()
  const verdict = await judge.judge({ metric: tried, input, output, reference: reference ?? null })
  return {
    ...verdict,
    version: tried.version,
    levelLabel: levelAt(tried, verdict.score)?.label ?? String(verdict.score),
    passScore: tried.passScore,
    passed: verdict.score >= tried.passScore,
    judge: { id: judge.id, label: judge.label, isDeterministic: judge.isDeterministic },
  }
}
