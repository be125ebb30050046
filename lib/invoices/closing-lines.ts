import type { ChargeLine } from '@/lib/billing/charge'
import { type DraftLine, planLine } from '@/lib/invoices/invoice-line'
import type { UsageCharge } from '@/lib/invoices/usage-charge'
import type { BillingPeriod } from '@/lib/plans/billing-period'

/** What the invoice of a period has lines for: the next fee, what was used, and what came late for earlier periods. */
export function closingLines(
  period: BillingPeriod,
  nextFee: readonly ChargeLine[],
  charges: readonly UsageCharge[],
): DraftLine[] {
  return [
    ...nextFee.map(planLine),
    ...charges.map((charge) => draftOf(charge, charge.period.from !== period.from)),
  ]
}

/** The quantity of a line has no sign: its amount tells which way it goes. */
function draftOf(charge: UsageCharge, isLate: boolean): DraftLine {
  const { quantity } = charge
  return { ...charge, quantity: quantity < 0n ? -quantity : quantity, isLate }
}
