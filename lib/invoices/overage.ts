import type { ChargeLine, PlanSpan } from '@/lib/billing/charge'
import { centsOfNano, nanoOfCents } from '@/lib/billing/money'
import { FLOWS, type FlowKind, LEVELS, type LevelKind } from '@/lib/invoices/overage-terms'
import type { UsageCharge } from '@/lib/invoices/usage-charge'
import type { BillingPeriod } from '@/lib/plans/billing-period'
import type { Plan } from '@/lib/plans/plan'

const DAY_MS = 86_400_000

/** What goes beyond allowances, in a period whose plan may change on the way. */
export class Overage {
  readonly #period: BillingPeriod
  readonly #days: readonly Plan[]
  readonly #shares: readonly { plan: Plan; ms: bigint }[]

  /**
   * @param spans which plan counted when, oldest first; together the period
   * @throws RangeError where the period is not whole UTC days, or the spans are not the period
   */
  constructor(spans: readonly PlanSpan[], period: BillingPeriod) {
    const days = (period.to - period.from) / DAY_MS
    if (!Number.isInteger(days) || period.from % DAY_MS !== 0 || days < 1)
      throw new RangeError('A billing period is whole UTC days.')
    requireCover(spans, period)
    this.#period = period
    // A day has the plan that it ended with, as it has the members and the bytes that it ended with.
    this.#days = Array.from({ length: days }, (_, day) =>
      planAt(spans, period.from + (day + 1) * DAY_MS),
    )
    this.#shares = spans.map(({ plan, from, to }) => ({ plan, ms: BigInt(to - from) }))
  }

  /**
   * Tokens and requests. Like the fee, the allowance and the price beyond it are prorated between the plans of
   * the period: who changes late gets little of the larger allowance. Days of a plan without an end do not count.
   */
  ofFlow(kind: FlowKind, byDay: readonly bigint[]): UsageCharge {
    const { allowanceOf, centsOf, per, unit, words } = FLOWS[kind]
    const limited = this.#shares.flatMap(({ plan, ms }) => {
      const allowance = allowanceOf(plan)
      const rate = nanoOfCents(BigInt(centsOf(plan)))
      return allowance === null ? [] : [{ allowance: BigInt(allowance), rate, ms }]
    })
    const limitedMs = sum(limited.map(({ ms }) => ms))
    const allowance =
      sum(limited.map((share) => share.allowance * share.ms)) /
      BigInt(this.#period.to - this.#period.from)
    const weighted = sum(limited.map(({ rate, ms }) => rate * ms))
    const used = sum(
      this.#days.map((plan, day) => (allowanceOf(plan) === null ? 0n : (byDay[day] ?? 0n))),
    )
    const quantity = limitedMs > 0n && used > allowance ? used - allowance : 0n
    const nano = quantity === 0n ? 0n : halfUp(quantity * weighted, per * limitedMs)
    const rate = limitedMs === 0n ? 0n : halfUp(weighted, limitedMs)
    return this.#charge(kind, { quantity, nano, unit, description: words(allowance, rate) })
  }

  /** Bytes and members: each day's beyond the allowance of the day's plan, for its share of the period. */
  ofLevel(kind: LevelKind, byDay: readonly bigint[]): UsageCharge {
    const { allowanceOf, centsOf, per, unit, words } = LEVELS[kind]
    let quantity = 0n
    let weighted = 0n
    let [lastAllowance, lastRate] = [0n, 0n]
    for (const [day, plan] of this.#days.entries()) {
      const allowance = allowanceOf(plan)
      const beyond = (byDay[day] ?? 0n) - BigInt(allowance ?? 0)
      if (allowance === null || beyond <= 0n) continue
      lastAllowance = BigInt(allowance)
      lastRate = nanoOfCents(BigInt(centsOf(plan)))
      quantity += beyond
      weighted += beyond * lastRate
    }
    const nano = halfUp(weighted, per * BigInt(this.#days.length))
    return this.#charge(kind, { quantity, nano, unit, description: words(lastAllowance, lastRate) })
  }

  #charge(
    kind: FlowKind | LevelKind,
    amount: Pick<ChargeLine, 'quantity' | 'nano' | 'unit' | 'description'>,
  ): UsageCharge {
    return {
      ...amount,
      kind,
      key: 'overage',
      cents: centsOfNano(amount.nano),
      period: this.#period,
      provider: null,
      model: null,
    }
  }
}

function requireCover(spans: readonly PlanSpan[], { from, to }: BillingPeriod): void {
  let end = from
  for (const span of spans) {
    if (span.from !== end || span.to < span.from)
      throw new RangeError('The spans of plans must follow each other without a gap.')
    end = span.to
  }
  if (end !== to) throw new RangeError('The spans of plans must cover the period.')
}

function planAt(spans: readonly PlanSpan[], end: number): Plan {
  const span = spans.find(({ from, to }) => from < end && to >= end)
  if (!span) throw new RangeError('The spans of plans must cover the period.')
  return span.plan
}

function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((total, amount) => total + amount, 0n)
}

/** Of amounts that are not negative. */
function halfUp(amount: bigint, divisor: bigint): bigint {
  return (amount * 2n + divisor) / (divisor * 2n)
}
