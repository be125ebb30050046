import type { Context } from '@/lib/context'
import { authorizeUsageReading } from '@/lib/usage/queries'
import { countAgain } from '@/lib/usage/upkeep'

/** Whether charts say what the events say, as it was found last. */
export interface VerifiedUsage {
  /** Epoch ms. */
  countedAt: number
  events: number
  /** Rows of sums that differed; 0 is right. */
  differences: number
}

/** A count reads every event: who asks again within this time gets the last answer. */
const FRESH_MS = 20_000

/**
 * What the last count found, by night or on demand; null where there was none yet.
 * @throws DomainError forbidden
 */
export async function lastVerification(ctx: Context): Promise<VerifiedUsage | null> {
  authorizeUsageReading(ctx)
  const { rows } = await ctx.db.pool.query<{ at: number; events: string; differences: string }>(
    `SELECT (extract(epoch FROM counted_at) * 1000)::float8 AS at, events, differences
     FROM usage.recount WHERE organization_id = $1`,
    [ctx.organization.id],
  )
  const [row] = rows
  if (!row) return null
  return {
    countedAt: row.at,
    events: Number(row.events),
    differences: Number(row.differences),
  }
}

/**
 * Counts the last weeks of the organization again, now.
 * @throws DomainError forbidden
 */
export async function verifyUsage(ctx: Context): Promise<VerifiedUsage> {
  authorizeUsageReading(ctx)
  const last = await lastVerification(ctx)
  if (last && ctx.now - last.countedAt < FRESH_MS) return last
  await countAgain(ctx.db, ctx.organization.id, ctx.now)
  return (await lastVerification(ctx)) ?? { countedAt: ctx.now, events: 0, differences: 0 }
}
