import type { Context } from '@/lib/context'
import { TOKEN_KINDS } from '@/lib/model-pricing/token-kinds'
import type { CurrentPlan } from '@/lib/plans/queries'
import { type AllowanceUse, allowanceUse, paceBefore } from '@/lib/usage/allowance'
import { authorizeUsageReading, readUsage } from '@/lib/usage/queries'
import type { UsageRow } from '@/lib/usage/series'

/**
 * How far the tokens of the plan are used up in this billing period, all models and origins together.
 * @throws DomainError forbidden
 */
export async function readTokenAllowance(
  ctx: Context,
  { plan, period }: CurrentPlan,
): Promise<AllowanceUse> {
  authorizeUsageReading(ctx)
  const { days, ...lastDays } = paceBefore(ctx.now)
  const all = { interval: 'DAY', origin: null, groupBy: [], only: {} } as const
  const [used, lately] = await Promise.all([
    readUsage(ctx, { ...all, ...period, per: 'RANGE' }),
    readUsage(ctx, { ...all, ...lastDays }),
  ])
  return allowanceUse(sumTokens(used), plan.allowances.tokens, {
    daily: days.map((day) => sumTokens(lately.filter(({ bucket }) => bucket === day))),
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
