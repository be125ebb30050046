import { authorize } from '@/lib/access/authorize'
import type { Context } from '@/lib/context'
import type { BillingPeriod } from '@/lib/plans/billing-period'
import { HISTORY_DAYS, type Projection, projectPeriod } from '@/lib/projection/projection'
import { readUsage } from '@/lib/usage/queries'
import { INTERVAL_MS } from '@/lib/usage/series'

const { DAY } = INTERVAL_MS

/**
 * What the models used in the period will have cost at its end, both origins together, in nano-USD. The plan's fee and
 * what goes beyond its allowances are not in it.
 * @returns null while too little is known of what the organization uses
 * @throws DomainError forbidden for people without billing:read, and for programs
 */
export async function readProjection(
  ctx: Context,
  period: BillingPeriod,
): Promise<Projection | null> {
  authorize(ctx.principal, 'billing:read')
  const moment = Math.min(Math.max(ctx.now, period.from), period.to)
  const today = Math.floor(moment / DAY) * DAY
  const days = await readUsage(ctx, {
    from: Math.min(period.from, today - HISTORY_DAYS * DAY),
    to: Math.min(today + DAY, period.to),
    interval: 'DAY',
    origin: null,
    groupBy: [],
    only: {},
  })
  return projectPeriod(
    days.map(({ bucket, inputCost, outputCost }) => ({
      day: bucket,
      cost: inputCost + outputCost,
    })),
    period,
    ctx.now,
  )
}
