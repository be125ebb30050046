import { rolesOnKnownAgents } from '@/lib/agents/by-name'
import type { Context } from '@/lib/context'
import { notFound } from '@/lib/errors'
import { authorizeMetricReading, authorizeOneMetricReading } from '@/lib/evaluation-metrics/access'
import type { Metric, MetricVersion } from '@/lib/evaluation-metrics/model'
import {
  onlyVersion,
  selectAllMetrics,
  selectMetric,
  selectVersions,
} from '@/lib/evaluation-metrics/rows'
import { sharesOf } from '@/lib/evaluation-metrics/weights'
import { PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX, type Page, type PageRequest } from '@/lib/paging'

export interface MetricPageRequest extends PageRequest {
  includeDeprecated?: boolean | undefined
}

/** All metrics of the organization by key, built-in and deprecated ones among them. @throws DomainError forbidden */
export async function listAllMetrics(ctx: Context): Promise<Metric[]> {
  authorizeMetricReading(ctx)
  return selectAllMetrics(ctx.db.pool, ctx.organization.id)
}

/** The same by pages, without deprecated ones unless asked. @throws DomainError forbidden | invalid */
export async function listMetrics(
  ctx: Context,
  { includeDeprecated = false, ...page }: MetricPageRequest,
): Promise<Page<Metric>> {
  authorizeMetricReading(ctx)
  const metrics = await selectAllMetrics(ctx.db.pool, ctx.organization.id)
  return pageOf(ctx, ['evaluation-metrics', ctx.organization.id, includeDeprecated], page, {
    all: metrics.filter(({ isDeprecated }) => includeDeprecated || !isDeprecated),
    cursorOf: ({ key }) => key,
    isAfter: ({ key }, cursor) => key > cursor,
  })
}

/** @throws DomainError not-found | forbidden */
export async function getMetric(ctx: Context, { metricId }: { metricId: string }): Promise<Metric> {
  authorizeOneMetricReading(ctx)
  return requireMetric(ctx, metricId)
}

/** Its versions, the newest first. @throws DomainError not-found | forbidden | invalid */
export async function listMetricVersions(
  ctx: Context,
  { metricId, ...page }: PageRequest & { metricId: string },
): Promise<Page<MetricVersion>> {
  authorizeOneMetricReading(ctx)
  return pageOf(ctx, ['evaluation-metric-versions', ctx.organization.id, metricId], page, {
    all: await versionsOf(ctx, metricId),
    cursorOf: ({ version }) => version,
    isAfter: ({ version }, cursor) => version < Number(cursor),
  })
}

/** All of them at once: what a page compares. @throws DomainError not-found | forbidden */
export async function listAllMetricVersions(
  ctx: Context,
  { metricId }: { metricId: string },
): Promise<MetricVersion[]> {
  authorizeOneMetricReading(ctx)
  return versionsOf(ctx, metricId)
}

/** @throws DomainError not-found | forbidden */
export async function getMetricVersion(
  ctx: Context,
  { metricId, version }: { metricId: string; version: number },
): Promise<MetricVersion> {
  authorizeOneMetricReading(ctx)
  const found = (await versionsOf(ctx, metricId)).find((one) => one.version === version)
  if (!found) throw notFound()
  return found
}

/** An agent that has opted in. */
export interface MetricUse {
  agent: string
  weight: number
  /** Percent of the agent's whole score. */
  share: number
}

/** The agents that use it, by name. @throws DomainError not-found | forbidden */
export async function listMetricUse(
  ctx: Context,
  { metricId }: { metricId: string },
): Promise<MetricUse[]> {
  authorizeOneMetricReading(ctx)
  await requireMetric(ctx, metricId)
  const { rows } = await ctx.db.pool.query<UseRow>(
    `SELECT a.agent, a.metric_id AS "metricId", a.weight, m.deprecated_at IS NOT NULL AS "isDeprecated"
     FROM evaluation.agent_metric used
     JOIN evaluation.agent_metric a ON a.organization_id = used.organization_id AND a.agent = used.agent
     LEFT JOIN evaluation.metric m ON m.organization_id = a.organization_id AND m.id = a.metric_id
     WHERE used.organization_id = $1 AND used.metric_id = $2
     ORDER BY a.agent COLLATE "C", a.metric_id`,
    [ctx.organization.id, metricId],
  )
  const roles = await rolesOnKnownAgents(ctx)
  const sets = new Map<string, UseRow[]>()
  for (const row of rows) {
    if (roles.get(row.agent) !== null) sets.set(row.agent, [...(sets.get(row.agent) ?? []), row])
  }
  return [...sets].map(([agent, set]) => {
    const shares = sharesOf(set)
    const index = set.findIndex((entry) => entry.metricId === metricId.toLowerCase())
    return { agent, weight: set[index]?.weight ?? 0, share: shares[index] ?? 0 }
  })
}

interface UseRow {
  agent: string
  metricId: string
  weight: number
  isDeprecated: boolean
}

async function requireMetric({ db, organization }: Context, metricId: string): Promise<Metric> {
  const metric = await selectMetric(db.pool, organization.id, metricId)
  if (!metric) throw notFound()
  return metric
}

async function versionsOf(ctx: Context, metricId: string): Promise<MetricVersion[]> {
  const metric = await requireMetric(ctx, metricId)
  return metric.isSystem
    ? [onlyVersion(metric)]
    : selectVersions(ctx.db.pool, ctx.organization.id, metricId)
}

interface Rows<T> {
  all: readonly T[]
  cursorOf: (row: T) => string | number
  isAfter: (row: T, cursor: string | number) => boolean
}

/** A page of what is few enough to be read at once (METRICS_MAX). */
function pageOf<T>(
  { crypto }: Pick<Context, 'crypto'>,
  list: readonly unknown[],
  { pageSize, pageToken }: PageRequest,
  { all, cursorOf, isAfter }: Rows<T>,
): Page<T> {
  const size = Math.min(pageSize ?? PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX)
  const cursor = crypto.pageTokens.open(list, pageToken)?.[0]
  const rest = cursor === undefined ? all : all.filter((row) => isAfter(row, cursor))
  const items = rest.slice(0, size)
  const last = items.at(-1)
  return {
    items: [...items],
    nextPageToken: last && rest.length > size ? crypto.pageTokens.seal(list, [cursorOf(last)]) : '',
    totalCount: all.length,
  }
}
