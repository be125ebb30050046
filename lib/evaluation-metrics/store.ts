import { actorOf } from '@/lib/access/principal'
import { appendAudit } from '@/lib/audit/append'
import type { AuditEventType, AuditTarget } from '@/lib/audit/events'
import type { Context } from '@/lib/context'
import { THIS_MOMENT } from '@/lib/db/this-moment'
import { notFound } from '@/lib/errors'
import { METRICS_MAX, VERSIONS_MAX } from '@/lib/evaluation-metrics/limits'
import type { Metric, MetricDefinition } from '@/lib/evaluation-metrics/model'
import {
  builtInRefusal,
  keyTaken,
  tooManyMetrics,
  tooManyVersions,
} from '@/lib/evaluation-metrics/refusals'
import { type Client, selectMetric } from '@/lib/evaluation-metrics/rows'
import { isSystemKey } from '@/lib/evaluation-metrics/system-metrics'
import { newId } from '@/lib/ids'

/** Steps inside the transactions of commands. */

/** Changes of an organization's metrics go one after the other, up to the end of the transaction. */
export async function lockMetrics(client: Client, organizationId: string): Promise<void> {
  await client.query(`SELECT pg_advisory_xact_lock(hashtextextended('evaluation/' || $1, 0))`, [
    organizationId,
  ])
}

/** An own metric that is about to change. @throws DomainError not-found | invalid `system_metric` */
export async function ownMetricToChange(
  client: Client,
  ctx: Context,
  metricId: string,
): Promise<Metric> {
  const metric = await selectMetric(client, ctx.organization.id, metricId)
  if (!metric) throw notFound()
  if (metric.isSystem) throw builtInRefusal()
  return metric
}

export interface NewMetric {
  key: string
  definition: MetricDefinition
  source: 'CREATED' | 'CLONED' | 'IMPORTED'
  clonedFrom: string | null
}

/** Makes it with its first version. @throws DomainError conflict `metric_key_taken` | `metric_limit_reached` */
export async function insertMetric(
  client: Client,
  ctx: Context,
  { key, definition, source, clonedFrom }: NewMetric,
): Promise<Metric> {
  if (isSystemKey(key)) throw keyTaken(key)
  const { rows } = await client.query<{ metrics: number }>(
    'SELECT count(*)::int AS metrics FROM evaluation.metric WHERE organization_id = $1',
    [ctx.organization.id],
  )
  if ((rows[0]?.metrics ?? 0) >= METRICS_MAX) throw tooManyMetrics()
  const id = newId()
  const inserted = await client.query(
    `INSERT INTO evaluation.metric (organization_id, id, key, version, source, cloned_from, created_at,
       modified_at, created_by)
     VALUES ($1, $2, $3, 1, $4, $5, ${THIS_MOMENT}, ${THIS_MOMENT}, $6)
     ON CONFLICT (organization_id, key) DO NOTHING`,
    [ctx.organization.id, id, key, source, clonedFrom, actorOf(ctx.principal).label],
  )
  if (!inserted.rowCount) throw keyTaken(key)
  await insertVersion(client, ctx, { metricId: id, version: 1, definition, restoredFrom: null })
  return afterwards(client, ctx, id)
}

interface NextVersion {
  definition: MetricDefinition
  restoredFrom: number | null
}

/** Makes the definition its newest version. @throws DomainError conflict `metric_limit_reached` */
export async function addVersion(
  client: Client,
  ctx: Context,
  metric: Metric,
  { definition, restoredFrom }: NextVersion,
): Promise<Metric> {
  const version = metric.version + 1
  if (version > VERSIONS_MAX) throw tooManyVersions()
  await insertVersion(client, ctx, { metricId: metric.id, version, definition, restoredFrom })
  await client.query(
    `UPDATE evaluation.metric SET version = $3, modified_at = ${THIS_MOMENT}
     WHERE organization_id = $1 AND id = $2`,
    [ctx.organization.id, metric.id, version],
  )
  return afterwards(client, ctx, metric.id)
}

/** @returns as it is now */
export async function setDeprecated(
  client: Client,
  ctx: Context,
  metric: Metric,
  deprecated: boolean,
): Promise<Metric> {
  await client.query(
    `UPDATE evaluation.metric SET modified_at = ${THIS_MOMENT},
       deprecated_at = CASE WHEN $3 THEN ${THIS_MOMENT} END
     WHERE organization_id = $1 AND id = $2`,
    [ctx.organization.id, metric.id, deprecated],
  )
  return afterwards(client, ctx, metric.id)
}

/** The last statement of a command on one metric. */
export function auditMetric(
  client: Client,
  ctx: Context,
  eventType: Extract<AuditEventType, `METRIC_${string}`>,
  metric: Metric,
  details: Record<string, unknown>,
): Promise<void> {
  const { id, name } = metric
  const target: AuditTarget = { type: 'evaluation-metric', id, label: name, familyId: null }
  return appendAudit(client, ctx, { eventType, target, details })
}

/** A definition as the audit trail tells it: levels in one line each. */
export function told({ levels, ...definition }: MetricDefinition) {
  return {
    ...definition,
    levels: levels.map(({ score, label, description }) =>
      description ? `${score} ${label}: ${description}` : `${score} ${label}`,
    ),
  }
}

interface VersionRow extends NextVersion {
  metricId: string
  version: number
}

async function insertVersion(
  client: Client,
  ctx: Context,
  { metricId, version, definition, restoredFrom }: VersionRow,
): Promise<void> {
  const { name, description, defaultWeight, levels, passScore } = definition
  await client.query(
    `INSERT INTO evaluation.metric_version (organization_id, metric_id, version, name, description,
       default_weight, levels, pass_score, restored_from, created_at, created_by)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, ${THIS_MOMENT}, $10)`,
    [
      ctx.organization.id,
      metricId,
      version,
      name,
      description,
      defaultWeight,
      JSON.stringify(levels),
      passScore,
      restoredFrom,
      actorOf(ctx.principal).label,
    ],
  )
}

async function afterwards(client: Client, ctx: Context, metricId: string): Promise<Metric> {
  const metric = await selectMetric(client, ctx.organization.id, metricId)
  if (!metric) throw new Error('The metric that was just written is not there.')
  return metric
}
