import { appendAudit } from '@/lib/audit/append'
import type { Context } from '@/lib/context'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import { type FieldError, invalid } from '@/lib/errors'
import { authorizeMetricReading, authorizeMetricWriting } from '@/lib/evaluation-metrics/access'
import { definitionOf, type MetricDefinition } from '@/lib/evaluation-metrics/model'
import { type Client, selectOwnMetrics } from '@/lib/evaluation-metrics/rows'
import { type ImportMetrics, METRIC_FILE_FORMAT } from '@/lib/evaluation-metrics/schema'
import { addVersion, insertMetric, lockMetrics } from '@/lib/evaluation-metrics/store'
import { type PlannedMetric, planImport, type Step } from '@/lib/evaluation-metrics/transfer-plan'

/** Metrics as a file: what an import reads. */
export interface MetricFile {
  format: typeof METRIC_FILE_FORMAT
  exportedAt: number
  metrics: ({ key: string } & MetricDefinition)[]
}

/**
 * The organization's own metrics, newest versions. Deprecated ones only where they are asked for by key; built-in
 * ones never, because every organization has them.
 * @param keys all that are in use where left out
 * @throws DomainError forbidden | invalid at /query/keys for one that is not an own metric
 */
export async function exportMetrics(
  ctx: Context,
  { keys }: { keys?: readonly string[] | undefined },
): Promise<MetricFile> {
  authorizeMetricReading(ctx)
  const own = await selectOwnMetrics(ctx.db.pool, ctx.organization.id)
  const unknown = (keys ?? []).filter((key) => !own.some((metric) => metric.key === key))
  if (unknown.length > 0) throw invalid(unknown.map(notOwn))
  const chosen = own.filter(({ key, isDeprecated }) => (keys ? keys.includes(key) : !isDeprecated))
  return {
    format: METRIC_FILE_FORMAT,
    exportedAt: ctx.now,
    metrics: chosen.map((metric) => ({ key: metric.key, ...definitionOf(metric) })),
  }
}

function notOwn(key: string): FieldError {
  const detail = `There is no metric of your own with the key ${JSON.stringify(key.slice(0, 80))}.`
  return { pointer: '/query/keys', detail }
}

export interface Imported {
  /** False where it was only looked at. */
  applied: boolean
  /** In the order of the file. */
  metrics: PlannedMetric[]
}

/**
 * Makes and changes metrics by a file, all or nothing; with `validateOnly` it only tells what it would do.
 * @throws DomainError forbidden | invalid at /metrics/n/… | conflict `metric_limit_reached`
 */
export async function importMetrics(
  ctx: Context,
  { metrics: file, validateOnly }: ImportMetrics,
): Promise<Imported> {
  authorizeMetricWriting(ctx)
  if (validateOnly) {
    const own = await selectOwnMetrics(ctx.db.pool, ctx.organization.id)
    return { applied: false, metrics: planImport(file, own).map(outcomeOf) }
  }
  return sqlTransaction(ctx.db.pool, async (client) => {
    await lockMetrics(client, ctx.organization.id)
    const own = await selectOwnMetrics(client, ctx.organization.id)
    const steps = planImport(file, own)
    for (const step of steps) await take(client, ctx, step)
    const keysOf = (outcome: Step['outcome']) =>
      steps.filter((step) => step.outcome === outcome).map(({ key }) => key)
    const [created, changed] = [keysOf('CREATED'), keysOf('CHANGED')]
    if (created.length + changed.length > 0) {
      await appendAudit(client, ctx, {
        eventType: 'METRICS_IMPORTED',
        target: {
          type: 'organization',
          id: ctx.organization.id,
          label: ctx.organization.name,
          familyId: null,
        },
        details: { created, changed },
      })
    }
    return { applied: true, metrics: steps.map(outcomeOf) }
  })
}

async function take(client: Client, ctx: Context, step: Step): Promise<void> {
  const { definition, existing, key } = step
  if (step.outcome === 'CREATED') {
    await insertMetric(client, ctx, { key, definition, source: 'IMPORTED', clonedFrom: null })
  } else if (step.outcome === 'CHANGED' && existing) {
    await addVersion(client, ctx, existing, { definition, restoredFrom: null })
  }
}

function outcomeOf({
  definition: _definition,
  existing: _existing,
  ...planned
}: Step): PlannedMetric {
  return planned
}
