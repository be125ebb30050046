import type pg from 'pg'
import type { Context } from '@/lib/context'
import type { Allowances, Plan } from '@/lib/plans/plan'
import type { Subscription } from '@/lib/subscriptions/subscription'
import { readTokenAllowance } from '@/lib/usage/plan-use'
import { readRequestAllowance, readStorageAllowance } from '@/lib/usage/request-plan-use'

/** An allowance that present use goes beyond: what is more is charged as overage. */
export interface ExceededLimit {
  limit: keyof Allowances
  /** Tokens and requests of this billing period so far; bytes and members now. */
  used: number
  allowance: number
}

/**
 * Which allowances of a plan the present use of the organization goes beyond, for callers who have authorized.
 * @throws DomainError forbidden without usage:read
 */
export async function exceededLimits(
  ctx: Context,
  plan: Plan,
  { anchorDay, period }: Pick<Subscription, 'anchorDay' | 'period'>,
): Promise<ExceededLimit[]> {
  const wanted = { plan, anchorDay, period }
  const [tokens, requests, storageBytes, seats] = await Promise.all([
    readTokenAllowance(ctx, wanted),
    readRequestAllowance(ctx, wanted),
    readStorageAllowance(ctx, wanted),
    countMembers(ctx.db.pool, ctx.organization.id),
  ])
  const used: Record<keyof Allowances, number> = {
    tokens: tokens.used,
    requests: requests.used,
    storageBytes: storageBytes.used,
    seats,
  }
  return (Object.keys(used) as (keyof Allowances)[]).flatMap((limit) => {
    const allowance = plan.allowances[limit]
    return allowance !== null && used[limit] > allowance
      ? [{ limit, used: used[limit], allowance }]
      : []
  })
}

/** People who take a seat: members, not those who are only invited. */
export async function countMembers(
  client: Pick<pg.Pool, 'query'>,
  organizationId: string,
): Promise<number> {
  const { rows } = await client.query<{ members: number }>(
    'SELECT count(*)::int AS members FROM memberships WHERE organization_id = $1',
    [organizationId],
  )
  return rows[0]?.members ?? 0
}
