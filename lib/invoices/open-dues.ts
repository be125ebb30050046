import type pg from 'pg'
import type { BillingTransaction, PlanSpan } from '@/lib/billing/charge'
import { billedOf, unbilled } from '@/lib/invoices/billed'
import { type KnownPeriod, reopenedPeriods, usageStart } from '@/lib/invoices/closed-periods'
import { dues } from '@/lib/invoices/dues'
import { periodSums } from '@/lib/invoices/period-sums'
import type { UsageCharge } from '@/lib/invoices/usage-charge'
import type { BillingPeriod } from '@/lib/plans/billing-period'

/**
 * What the next closing would bill as things stand: the period under way, and what came late for those before it.
 * What was billed and this together are all that was used, to the nano-dollar. For callers that have authorized.
 * @param now epoch ms; days after it are empty
 */
export async function openDues(
  client: BillingTransaction | pg.Pool,
  organizationId: string,
  { period, spans, now }: { period: BillingPeriod; spans: readonly PlanSpan[]; now: number },
): Promise<UsageCharge[]> {
  const reopened = await reopenedPeriods(client, organizationId)
  const usageFrom = await usageStart(client, organizationId, period)
  const underWay: KnownPeriod = { ...period, usageFrom, spans, invoiceId: null }
  const earlier = reopened.filter(({ from }) => from !== period.from)
  return unbilledOf(client, organizationId, [...earlier, underWay], now)
}

/** What is due of these periods and was not billed. For callers that have authorized. */
export async function unbilledOf(
  client: BillingTransaction | pg.Pool,
  organizationId: string,
  periods: readonly KnownPeriod[],
  now: number,
): Promise<UsageCharge[]> {
  const sums = await periodSums(client, organizationId, periods, now)
  const billed = await billedOf(client, organizationId, periods)
  return periods.flatMap(({ from, to, spans }, place) => {
    const used = sums[place]
    if (!used) return []
    return unbilled(dues(used, spans, { from, to }), billed.get(from) ?? [], { from, to })
  })
}
