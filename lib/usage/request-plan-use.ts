import type { Context } from '@/lib/context'
import type { CurrentPlan } from '@/lib/plans/queries'
import { type AllowanceUse, allowanceUse, paceBefore } from '@/lib/usage/allowance'
import { authorizeUsageReading } from '@/lib/usage/queries'
import type { RequestRow } from '@/lib/usage/request-series'
import { readRequests } from '@/lib/usage/requests'
import { INTERVAL_MS } from '@/lib/usage/series'
import { readStorage } from '@/lib/usage/storage'
import type { StorageRow } from '@/lib/usage/storage-series'

const { DAY } = INTERVAL_MS

/**
 * How far the requests of the plan are used up in this billing period, of both channels together.
 * @throws DomainError forbidden
 */
export async function readRequestAllowance(
  ctx: Context,
  { plan, period }: CurrentPlan,
): Promise<AllowanceUse> {
  authorizeUsageReading(ctx)
  const { days, ...lastDays } = paceBefore(ctx.now)
  const [used, lately] = await Promise.all([
    readRequests(ctx, { ...period, interval: 'DAY' }),
    readRequests(ctx, { ...lastDays, interval: 'DAY' }),
  ])
  return allowanceUse(sumRequests(used), plan.allowances.requests, {
    daily: days.map((day) => sumRequests(lately.filter(({ bucket }) => bucket === day))),
    now: ctx.now,
    end: period.to,
  })
}

/**
 * How much of the plan's storage is full now, and when it will be at the growth of the last days. A level does
 * not begin anew with a billing period; only the outlook ends there.
 * @throws DomainError forbidden
 */
export async function readStorageAllowance(
  ctx: Context,
  { plan, period }: CurrentPlan,
): Promise<AllowanceUse> {
  authorizeUsageReading(ctx)
  const { from, to, days } = paceBefore(ctx.now)
  const { levels, present } = await readStorage(ctx, {
    from: from - DAY,
    to,
  })
  const held = present.reduce((sum, { bytes }) => sum + bytes, 0)
  return allowanceUse(held, plan.allowances.storageBytes, {
    daily: days.map((day) => bytesOn(levels, day) - bytesOn(levels, day - DAY)),
    now: ctx.now,
    end: period.to,
  })
}

function sumRequests(rows: readonly RequestRow[]): number {
  return rows.reduce((sum, { requests }) => sum + requests, 0)
}

function bytesOn(levels: readonly StorageRow[], day: number): number {
  return levels.reduce((sum, { bucket, bytes }) => sum + (bucket === day ? bytes : 0), 0)
}
