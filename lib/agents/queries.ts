import { authorize } from '@/lib/access/authorize'
import { authorizeOnAgent } from '@/lib/agents/access'
import type { AgentSummary } from '@/lib/agents/model'
import { AGENT_SELECT, type AgentRow, agentValues, toAgent, visibleAgent } from '@/lib/agents/rows'
import type { Context } from '@/lib/context'
import type { Page, PageRequest } from '@/lib/paging'
import { clampPageSize } from '@/lib/tokens/queries'

export interface AgentFilter {
  /** Case-insensitive part of id, name or description. */
  search?: string | undefined
  /** Archived ones as well; they are left out otherwise. */
  includeArchived?: boolean | undefined
}

/**
 * The agents that the caller may see, oldest first: whoever makes one meanwhile changes no page before it.
 * @throws DomainError forbidden | invalid at /query/pageToken
 */
export async function listAgents(
  ctx: Context,
  { search = '', includeArchived = false, ...request }: AgentFilter & PageRequest = {},
): Promise<Page<AgentSummary>> {
  authorize(ctx.principal, 'agents:read')
  const list = ['agents', ctx.organization.id, search, includeArchived]
  const cursor = ctx.crypto.pageTokens.open(list, request.pageToken)
  const size = clampPageSize(request.pageSize)
  const matching = `${AGENT_SELECT} AND ($5 OR a.archived_at IS NULL)
    AND ($6 = '' OR strpos(lower(a.id || ' ' || a.display_name || ' ' || a.description), lower($6)) > 0)`
  const values = [...agentValues(ctx), includeArchived, search]
  const [found, counted] = await Promise.all([
    ctx.db.pool.query<AgentRow>(
      `${matching} ${cursor ? 'AND (a.created_at, a.uid) > (to_timestamp($7 / 1000.0), $8::uuid)' : ''}
       ORDER BY a.created_at, a.uid LIMIT ${size + 1}`,
      [...values, ...(cursor ?? [])],
    ),
    ctx.db.pool.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM (${matching}) seen`,
      values,
    ),
  ])
  const items = found.rows.slice(0, size).map(toAgent)
  const last = found.rows.length > size ? items.at(-1) : undefined
  return {
    items,
    nextPageToken: last ? ctx.crypto.pageTokens.seal(list, [last.createdAt, last.uid]) : '',
    totalCount: counted.rows[0]?.count ?? 0,
  }
}

/** By its id or its uid. @throws DomainError not-found, also for an agent that the caller has no grant on */
export async function getAgent(ctx: Context, { agent }: { agent: string }): Promise<AgentSummary> {
  authorizeOnAgent(ctx, 'agents:read', 'agents:read')
  return visibleAgent(ctx, agent, 'id or uid')
}

/**
 * What the agents that the caller may see are called, by id: for pages that know agents by the ids that programs
 * report.
 * @param archived whether those that are put away are among them
 * @throws DomainError forbidden
 */
export async function agentNames(
  ctx: Context,
  { archived = true }: { archived?: boolean } = {},
): Promise<Map<string, string>> {
  authorize(ctx.principal, 'agents:read')
  const { rows } = await ctx.db.pool.query<{ id: string; displayName: string }>(
    `SELECT id, "displayName" FROM (${AGENT_SELECT} AND ($5 OR a.archived_at IS NULL)) seen`,
    [...agentValues(ctx), archived],
  )
  return new Map(rows.map(({ id, displayName }) => [id, displayName]))
}
