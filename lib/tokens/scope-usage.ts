import { authorizeOnItem } from '@/lib/access/authorize'
import { isScope, normalizeScopes, type Scope } from '@/lib/access/scopes'
import type { Context } from '@/lib/context'
import { DAY_MS } from '@/lib/tokens/model'
import { visibleToken } from '@/lib/tokens/queries'

export const USAGE_WINDOW_DAYS = 30

export interface ScopeUsage {
  windowDays: number
  /** Epoch ms from which calls are counted. */
  since: number
  /** All authenticated calls of the logical token in the window. */
  calls: number
  used: { scope: Scope; calls: number; lastUsedAt: number }[]
  /** Granted but not needed by any call in the window. */
  unused: Scope[]
}

/**
 * Which of its scopes the logical token needed in the last 30 days: the ground for right-sizing.
 * Scopes enforced by the agent runtime show as used only when the runtime reports the call to us.
 * @throws DomainError not-found
 */
export async function scopeUsage(ctx: Context, input: { tokenId: string }): Promise<ScopeUsage> {
  authorizeOnItem(ctx.principal, 'keys:read', 'keys:read')
  const token = await visibleToken(ctx, input.tokenId)
  const since = ctx.now - USAGE_WINDOW_DAYS * DAY_MS
  const result = await ctx.db.pool.query<{ scope: string; calls: number; lastUsedAt: number }>(
    `SELECT scope, sum(calls)::float8 AS calls, max(last_at_ms)::float8 AS "lastUsedAt"
     FROM activity.use_by_day
     WHERE organization_id = $1 AND family_id = $2
       AND day >= (to_timestamp($3 / 1000.0) AT TIME ZONE 'UTC')::date
     GROUP BY scope ORDER BY calls DESC`,
    [ctx.organization.id, token.familyId, since],
  )
  const used = result.rows.flatMap((row) =>
    isScope(row.scope) ? [{ ...row, scope: row.scope }] : [],
  )
  const needed = new Set<Scope>(used.map((row) => row.scope))
  return {
    windowDays: USAGE_WINDOW_DAYS,
    since,
    calls: result.rows.reduce((sum, row) => sum + row.calls, 0),
    used,
    unused: normalizeScopes(token.scopes.filter((scope) => !needed.has(scope))),
  }
}
