import type { Context } from '@/lib/context'
import { TOKEN_KINDS } from '@/lib/model-pricing/token-kinds'
import type { CurrentPlan } from '@/lib/plans/queries'
import { type AllowanceUse, allowanceUse } from '@/lib/usage/allowance'
import { authorizeUsageReading, readUsage } from '@/lib/usage/queries'
import { INTERVAL_MS, type UsageRow } from '@/lib/usage/series'

const DAYS_OF_PACE = 7

/**
 * How far the tokens of the plan are used up in this billing period, all models and origins together.
 * @throws DomainError forbidden
 */
export async function readTokenAllowance(
  ctx: Context,
  { plan, period }: CurrentPlan,
): Promise<AllowanceUse> {
  authorizeUsageReading(ctx)
  const today = Math.floor(ctx.now / INTERVAL_MS.DAY) * INTERVAL_MS.DAY
  const all = { interval: 'DAY', origin: null, groupBy: [], only: {} } as const
  const [used, lately] = await Promise.all([
    readUsage(ctx, { ...all, ...period, per: 'RANGE' }),
    readUsage(ctx, { ...all, from: today - DAYS_OF_PACE * INTERVAL_MS.DAY, to: today }),
  ])
  return allowanceUse(sumTokens(used), plan.allowances.tokens, {
    daily: Array.from({ length: DAYS_OF_PACE }, (_, place) =>
      sumTokens(lately.filter(({ bucket }) => bucket === today - (place + 1) * INTERVAL_MS.DAY)),
    ),
    now: ctx.now,
    end: period.to,
  })
}

function sumTokens(rows: readonly UsageRow[]): number {
  return rows.reduce(
    (sum, row) => sum + TOKEN_KINDS.reduce((tokens, kind) => tokens + row[kind], 0),
    0,
  )
}
