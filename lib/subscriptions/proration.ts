import type { ChargeLine } from '@/lib/billing/charge'
import { centsOfNano, nanoOfCents, proratedCents } from '@/lib/billing/money'
import type { BillingPeriod } from '@/lib/plans/billing-period'
import type { Plan } from '@/lib/plans/plan'

interface Change {
  /** What has been paid to the end of the period; null where nothing was, as in a trial. */
  from: Plan | null
  to: Plan
  /** Epoch ms, within the period or at its end. */
  at: number
  period: BillingPeriod
}

/**
 * What a change of plan within a period costs: credit for the rest of the old plan, and a charge for the rest of the
 * new one, by the milliseconds that are left. Preview and change both ask here. Lines that come to nothing are left
 * out; no line is larger than the fee of its plan.
 */
export function changeLines({ from, to, at, period }: Change): ChargeLine[] {
  const rest = { from: Math.max(at, period.from), to: period.to }
  const lines: ChargeLine[] = []
  const credit = from ? restOfFee(from, rest, period) : 0n
  if (from && credit > 0n) {
    const description = `Unused time on the ${from.name} plan`
    lines.push({ ...planLine(from, rest, -credit), kind: 'PLAN_CREDIT', description })
  }
  const charge = restOfFee(to, rest, period)
  if (charge > 0n) {
    const whole = rest.from === period.from
    const description = whole ? feeWords(to) : `Remaining time on the ${to.name} plan`
    lines.push({ ...planLine(to, rest, charge), description })
  }
  return lines
}

/** The fee of a whole period, in advance: one line, or none for a plan without a fee. */
export function feeLines(plan: Plan, period: BillingPeriod): ChargeLine[] {
  return changeLines({ from: null, to: plan, at: period.from, period })
}

/** What lines come to, in cents; less than 0 becomes credit. */
export function totalCents(lines: readonly Pick<ChargeLine, 'cents'>[]): bigint {
  return lines.reduce((sum, { cents }) => sum + cents, 0n)
}

/** In nano-USD, so that each line is rounded to cents once and like all others. */
function restOfFee(plan: Plan, rest: BillingPeriod, period: BillingPeriod): bigint {
  const fee = nanoOfCents(BigInt(plan.fees.periodCents))
  return proratedCents(fee, rest.to - rest.from, period.to - period.from)
}

function planLine(plan: Plan, period: BillingPeriod, nano: bigint): ChargeLine {
  return {
    kind: 'PLAN',
    key: `${plan.id}/${plan.version}`,
    description: feeWords(plan),
    quantity: 1n,
    unit: 'PERIOD',
    nano,
    cents: centsOfNano(nano),
    period,
  }
}

function feeWords({ name }: Plan): string {
  return `${name} plan`
}
