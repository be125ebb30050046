import type { PlanSpan } from '@/lib/billing/charge'
import { centsOfNano } from '@/lib/billing/money'
import { Overage } from '@/lib/invoices/overage'
import type { UsageCharge } from '@/lib/invoices/usage-charge'
import { listedProviderName } from '@/lib/model-pricing/catalogue'
import type { BillingPeriod } from '@/lib/plans/billing-period'

/** What was used in a period, summed from days. Lists have an entry for each day of the period, in order. */
export interface PeriodSums {
  models: readonly ModelSum[]
  tokens: readonly bigint[]
  requests: readonly bigint[]
  /** Bytes held at the end of each day. */
  storage: readonly bigint[]
  /** Members at the end of each day. */
  seats: readonly bigint[]
}

export interface ModelSum {
  provider: string
  model: string
  tokens: bigint
  /** Exact nano-USD, corrections included. */
  nano: bigint
}

/**
 * What a period costs beside the plan's fee: every model at what its calls cost, to the nano-dollar, and what goes
 * beyond the allowances. What comes to nothing is left out.
 * @param spans which plan counted when, oldest first; together the period, which is whole UTC days
 * @throws RangeError where they are not
 */
export function dues(
  sums: PeriodSums,
  spans: readonly PlanSpan[],
  period: BillingPeriod,
): UsageCharge[] {
  const overage = new Overage(spans, period)
  return [
    ...sums.models.map((sum) => chargeOfModel(sum, period)),
    overage.ofFlow('TOKENS', sums.tokens),
    overage.ofFlow('REQUESTS', sums.requests),
    overage.ofLevel('STORAGE', sums.storage),
    overage.ofLevel('SEATS', sums.seats),
  ].filter(({ nano }) => nano !== 0n)
}

function chargeOfModel(
  { provider, model, tokens, nano }: ModelSum,
  period: BillingPeriod,
): UsageCharge {
  return {
    kind: 'MODEL',
    // Names may hold any character: escaped, no two pairs have the same key.
    key: `${encodeURIComponent(provider)}/${model}`,
    description: `${listedProviderName(provider)} ${model}`,
    quantity: tokens,
    unit: 'TOKEN',
    nano,
    cents: centsOfNano(nano),
    period,
    provider,
    model,
  }
}
