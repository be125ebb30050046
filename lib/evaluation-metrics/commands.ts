import type { Context } from '@/lib/context'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import { notFound } from '@/lib/errors'
import { authorizeMetricWriting, authorizeOneMetricWriting } from '@/lib/evaluation-metrics/access'
import { changedDefinition, newDefinition } from '@/lib/evaluation-metrics/definition'
import { CREATED_PER_MINUTE, KEY_MAX } from '@/lib/evaluation-metrics/limits'
import {
  changedFields,
  copyKey,
  definitionOf,
  type Metric,
  type MetricDefinition,
} from '@/lib/evaluation-metrics/model'
import {
  changedMeanwhile,
  createdTooFast,
  deprecatedRefusal,
  measuredRefusal,
} from '@/lib/evaluation-metrics/refusals'
import { type Client, selectAllMetrics, selectVersions } from '@/lib/evaluation-metrics/rows'
import type { CloneMetric, CreateMetric, UpdateMetric } from '@/lib/evaluation-metrics/schema'
import {
  addVersion,
  auditMetric,
  insertMetric,
  lockMetrics,
  ownMetricToChange,
  setDeprecated,
  told,
} from '@/lib/evaluation-metrics/store'

interface OneMetric {
  metricId: string
}

/**
 * Makes a metric of the organization's own. No agent uses it before it opts in. A scale that is left out is 1 to 5.
 * @throws DomainError forbidden | invalid at /passScore | conflict `metric_key_taken` | `metric_limit_reached` |
 *   throttled `too_many_metrics`, by organization
 */
export async function createMetric(ctx: Context, wish: CreateMetric): Promise<Metric> {
  authorizeMetricWriting(ctx)
  const definition = newDefinition(wish)
  return sqlTransaction(ctx.db.pool, async (client) => {
    await lockMetrics(client, ctx.organization.id)
    await requireSlowPace(client, ctx.organization.id)
    const made = { key: wish.key, definition, source: 'CREATED', clonedFrom: null } as const
    const metric = await insertMetric(client, ctx, made)
    await auditMetric(client, ctx, 'METRIC_CREATED', metric, { key: metric.key, ...told(metric) })
    return metric
  })
}

/**
 * Makes a new version where anything differs; agents that use the metric are scored by it from their next run on.
 * What is left out or null stays.
 * @throws DomainError not-found | forbidden | invalid, `system_metric` for a built-in one | conflict
 *   `metric_changed` where `version` is no longer the newest | `metric_deprecated` | `metric_limit_reached`
 */
export async function updateMetric(
  ctx: Context,
  { metricId, version, ...wish }: UpdateMetric & OneMetric,
): Promise<Metric> {
  authorizeOneMetricWriting(ctx)
  return sqlTransaction(ctx.db.pool, async (client) => {
    await lockMetrics(client, ctx.organization.id)
    const before = await ownMetricToChange(client, ctx, metricId)
    if (before.isDeprecated) throw deprecatedRefusal()
    if (version && version !== before.version) throw changedMeanwhile(before.version)
    const definition = changedDefinition(before, wish)
    if (changedFields(before, definition).length === 0) return before
    return change(client, ctx, before, { definition, restoredFrom: null })
  })
}

/**
 * Makes the text of an old version the newest one.
 * @throws DomainError not-found, also for a version that is not there | forbidden | invalid `system_metric` |
 *   conflict `metric_deprecated` | `metric_limit_reached`
 */
export async function restoreMetricVersion(
  ctx: Context,
  { metricId, version }: OneMetric & { version: number },
): Promise<Metric> {
  authorizeOneMetricWriting(ctx)
  return sqlTransaction(ctx.db.pool, async (client) => {
    await lockMetrics(client, ctx.organization.id)
    const before = await ownMetricToChange(client, ctx, metricId)
    if (before.isDeprecated) throw deprecatedRefusal()
    const versions = await selectVersions(client, ctx.organization.id, metricId)
    const old = versions.find((one) => one.version === version)
    if (!old) throw notFound()
    if (changedFields(before, old).length === 0) return before
    return change(client, ctx, before, { definition: definitionOf(old), restoredFrom: version })
  })
}

/**
 * Makes an own metric that begins as a copy of another one, built in or own.
 * @throws DomainError not-found | forbidden | invalid `metric_not_judged` for what is measured | as createMetric
 */
export async function cloneMetric(
  ctx: Context,
  { metricId, key, name }: CloneMetric & OneMetric,
): Promise<Metric> {
  authorizeOneMetricWriting(ctx)
  return sqlTransaction(ctx.db.pool, async (client) => {
    await lockMetrics(client, ctx.organization.id)
    const all = await selectAllMetrics(client, ctx.organization.id)
    const original = all.find(({ id }) => id === metricId.toLowerCase())
    if (!original) throw notFound()
    // There is nothing in it to change: a copy could only lie about what is measured.
    if (original.kind === 'MEASURED') throw measuredRefusal()
    await requireSlowPace(client, ctx.organization.id)
    const taken = new Set(all.map((metric) => metric.key))
    const metric = await insertMetric(client, ctx, {
      key: key ?? copyKey(original.key, (candidate) => taken.has(candidate), KEY_MAX),
      definition: { ...definitionOf(original), name: name ?? original.name },
      source: 'CLONED',
      clonedFrom: original.key,
    })
    await auditMetric(client, ctx, 'METRIC_CREATED', metric, {
      key: metric.key,
      clonedFrom: original.key,
      ...told(metric),
    })
    return metric
  })
}

/**
 * No agent opts in any more, and those that have are no longer scored by it. All its history stays. Nothing happens
 * where it is deprecated.
 * @throws DomainError not-found | forbidden | invalid `system_metric`
 */
export async function deprecateMetric(ctx: Context, { metricId }: OneMetric): Promise<Metric> {
  authorizeOneMetricWriting(ctx)
  return setUse(ctx, metricId, 'METRIC_DEPRECATED')
}

/** Takes that back: agents that have it in their set are scored by it again. @throws as deprecateMetric */
export async function restoreMetric(ctx: Context, { metricId }: OneMetric): Promise<Metric> {
  authorizeOneMetricWriting(ctx)
  return setUse(ctx, metricId, 'METRIC_RESTORED')
}

/** After its command has authorized. */
function setUse(
  ctx: Context,
  metricId: string,
  eventType: 'METRIC_DEPRECATED' | 'METRIC_RESTORED',
): Promise<Metric> {
  return sqlTransaction(ctx.db.pool, async (client) => {
    await lockMetrics(client, ctx.organization.id)
    const before = await ownMetricToChange(client, ctx, metricId)
    const deprecated = eventType === 'METRIC_DEPRECATED'
    if (before.isDeprecated === deprecated) return before
    const metric = await setDeprecated(client, ctx, before, deprecated)
    await auditMetric(client, ctx, eventType, metric, {
      key: metric.key,
      agents: metric.agentCount,
    })
    return metric
  })
}

async function change(
  client: Client,
  ctx: Context,
  before: Metric,
  next: { definition: MetricDefinition; restoredFrom: number | null },
): Promise<Metric> {
  const metric = await addVersion(client, ctx, before, next)
  await auditMetric(client, ctx, 'METRIC_CHANGED', metric, {
    key: metric.key,
    before: { version: before.version, ...told(definitionOf(before)) },
    after: { version: metric.version, ...told(definitionOf(metric)) },
    ...(next.restoredFrom !== null && { restoredFrom: next.restoredFrom }),
  })
  return metric
}

/** A sliding window over what was made: it needs no count of its own, and all processes see the same. */
async function requireSlowPace(client: Client, organizationId: string): Promise<void> {
  const { rows } = await client.query<{ seconds: number }>(
    `SELECT ceil(extract(epoch from created_at + interval '1 minute' - now()))::int AS seconds
     FROM evaluation.metric
     WHERE organization_id = $1 AND source <> 'IMPORTED' AND created_at > now() - interval '1 minute'
     ORDER BY created_at DESC OFFSET $2 LIMIT 1`,
    [organizationId, CREATED_PER_MINUTE - 1],
  )
  if (rows[0]) throw createdTooFast(Math.max(1, rows[0].seconds))
}
