import type { Context } from '@/lib/context'
import { authorizeIntegrations, authorizeOnIntegration } from '@/lib/integrations/access'
import type { Integration, IntegrationSummary } from '@/lib/integrations/model'
import { requireIntegration, selectIntegrations } from '@/lib/integrations/rows'

/** Every integration, by name. There are few of them. @throws DomainError forbidden */
export async function listIntegrations(ctx: Context): Promise<IntegrationSummary[]> {
  authorizeIntegrations(ctx, 'integrations:read')
  return selectIntegrations(ctx.db.pool, ctx.organization.id)
}

/** By its id or its uid. @throws DomainError not-found | forbidden */
export async function getIntegration(
  ctx: Context,
  { integration }: { integration: string },
): Promise<Integration> {
  authorizeOnIntegration(ctx, 'integrations:read')
  return requireIntegration(ctx.db.pool, ctx, integration)
}

export interface CallsOfDay {
  /** ISO date, UTC. */
  day: string
  calls: number
  errors: number
}

/** Calls of the MCP server, by UTC day, the last `days` of them. @throws DomainError not-found | forbidden */
export async function countMcpCalls(
  ctx: Context,
  { integration, days }: { integration: string; days: number },
): Promise<CallsOfDay[]> {
  authorizeOnIntegration(ctx, 'integrations:read')
  const { uid } = await requireIntegration(ctx.db.pool, ctx, integration)
  // All keys of an integration are of one family, which goes by its uid.
  const { rows } = await ctx.db.pool.query<CallsOfDay>(
    `SELECT to_char(d.day, 'YYYY-MM-DD') AS day, coalesce(sum(u.calls), 0)::float8 AS calls,
       coalesce(sum(u.errors), 0)::float8 AS errors
     FROM generate_series((to_timestamp($3 / 1000.0) AT TIME ZONE 'UTC')::date - ($4::int - 1),
       (to_timestamp($3 / 1000.0) AT TIME ZONE 'UTC')::date, interval '1 day') AS d(day)
     LEFT JOIN activity.use_by_day u
       ON u.organization_id = $1 AND u.family_id = $2 AND u.day = d.day::date
     GROUP BY d.day ORDER BY d.day`,
    [ctx.organization.id, uid, ctx.now, days],
  )
  return rows
}
