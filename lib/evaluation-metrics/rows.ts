import type pg from 'pg'
import {
  changedFields,
  type Metric,
  type MetricDefinition,
  type MetricVersion,
} from '@/lib/evaluation-metrics/model'
import { SYSTEM_METRICS, systemMetric } from '@/lib/evaluation-metrics/system-metrics'

/** Reading metrics of one organization. */

export type Client = Pick<pg.PoolClient, 'query'>

const EPOCH_MS = (time: string) => `(extract(epoch from ${time}) * 1000)::float8`

const SELECT = (where: string) => `
  SELECT m.id, m.key, m.version, m.cloned_from AS "clonedFrom", m.created_by AS "createdBy",
    v.name, v.description, v.default_weight AS "defaultWeight", v.levels, v.pass_score AS "passScore",
    m.deprecated_at IS NOT NULL AS "isDeprecated", ${EPOCH_MS('m.deprecated_at')} AS "deprecatedAt",
    ${EPOCH_MS('m.created_at')} AS "createdAt", ${EPOCH_MS('m.modified_at')} AS "modifiedAt",
    (SELECT count(*)::int FROM evaluation.agent_metric a
      WHERE a.organization_id = m.organization_id AND a.metric_id = m.id) AS "agentCount"
  FROM evaluation.metric m
  JOIN evaluation.metric_version v
    ON v.organization_id = m.organization_id AND v.metric_id = m.id AND v.version = m.version
  WHERE m.organization_id = $1 ${where}`

type OwnRow = Omit<Metric, 'kind' | 'isSystem'>

/** The organization's own metrics, deprecated ones among them, by key. */
export async function selectOwnMetrics(client: Client, organizationId: string): Promise<Metric[]> {
  const { rows } = await client.query<OwnRow>(SELECT('ORDER BY m.key COLLATE "C"'), [
    organizationId,
  ])
  return rows.map(ownMetric)
}

/** Built-in ones and its own, by key. */
export async function selectAllMetrics(client: Client, organizationId: string): Promise<Metric[]> {
  const [own, counts] = await Promise.all([
    selectOwnMetrics(client, organizationId),
    systemCounts(client, organizationId),
  ])
  const builtIn = SYSTEM_METRICS.map((metric) => ({
    ...metric,
    agentCount: counts.get(metric.id) ?? 0,
  }))
  return [...builtIn, ...own].sort((one, other) => (one.key < other.key ? -1 : 1))
}

/** One, built in or its own; null for every other id. */
export async function selectMetric(
  client: Client,
  organizationId: string,
  metricId: string,
): Promise<Metric | null> {
  const builtIn = systemMetric(metricId)
  if (builtIn) {
    const counts = await systemCounts(client, organizationId)
    return { ...builtIn, agentCount: counts.get(builtIn.id) ?? 0 }
  }
  const { rows } = await client.query<OwnRow>(SELECT('AND m.id = $2'), [organizationId, metricId])
  return rows[0] ? ownMetric(rows[0]) : null
}

type VersionRow = Omit<MetricVersion, 'changed'>

/** Every version of an own metric, the newest first. */
export async function selectVersions(
  client: Client,
  organizationId: string,
  metricId: string,
): Promise<MetricVersion[]> {
  const { rows } = await client.query<VersionRow>(
    `SELECT version, name, description, default_weight AS "defaultWeight", levels, pass_score AS "passScore",
       restored_from AS "restoredFrom", ${EPOCH_MS('created_at')} AS "createdAt", created_by AS "createdBy"
     FROM evaluation.metric_version WHERE organization_id = $1 AND metric_id = $2 ORDER BY version DESC`,
    [organizationId, metricId],
  )
  return rows.map((row, index) => {
    const before = rows[index + 1]
    return { ...row, changed: before ? changedFields(before, row) : [] }
  })
}

/** The one version that a built-in metric has. */
export function onlyVersion(metric: Metric): MetricVersion {
  const { name, description, defaultWeight, levels, passScore, createdAt, createdBy } = metric
  const definition: MetricDefinition = { name, description, defaultWeight, levels, passScore }
  return { ...definition, version: 1, restoredFrom: null, changed: [], createdAt, createdBy }
}

function ownMetric(row: OwnRow): Metric {
  return { ...row, kind: 'JUDGED', isSystem: false }
}

async function systemCounts(client: Client, organizationId: string): Promise<Map<string, number>> {
  const { rows } = await client.query<{ id: string; agents: number }>(
    `SELECT metric_id AS id, count(*)::int AS agents FROM evaluation.agent_metric
     WHERE organization_id = $1 AND metric_id = ANY($2::uuid[]) GROUP BY metric_id`,
    [organizationId, SYSTEM_METRICS.map(({ id }) => id)],
  )
  return new Map(rows.map(({ id, agents }) => [id, agents]))
}
