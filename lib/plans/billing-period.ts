/** A month from one anchor day to the next, in UTC. Epoch ms; `to` is not in it. */
export interface BillingPeriod {
  from: number
  to: number
}

/**
 * The billing period that the moment is in. Periods begin at midnight UTC on the anchor day, or on the last
 * day of months that are shorter, so that no period skips a month.
 * @param anchorDay 1 to 31
 */
export function billingPeriodAt(moment: number, anchorDay: number): BillingPeriod {
  const at = new Date(moment)
  const year = at.getUTCFullYear()
  const month = at.getUTCMonth()
  const here = anchorIn(year, month, anchorDay)
  return moment >= here
    ? { from: here, to: anchorIn(year, month + 1, anchorDay) }
    : { from: anchorIn(year, month - 1, anchorDay), to: here }
}

/** The period that ended when this one began. */
export function periodBefore({ from }: BillingPeriod, anchorDay: number): BillingPeriod {
  return billingPeriodAt(from - 1, anchorDay)
}

/** Beginnings of the billing periods within a range, for marks in charts. */
export function periodStartsIn(range: BillingPeriod, anchorDay: number): number[] {
  const starts: number[] = []
  let period = billingPeriodAt(range.from, anchorDay)
  if (period.from === range.from) starts.push(period.from)
  while (period.to < range.to) {
    starts.push(period.to)
    period = billingPeriodAt(period.to, anchorDay)
  }
  return starts
}

function anchorIn(year: number, month: number, anchorDay: number): number {
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate()
  return Date.UTC(year, month, Math.min(anchorDay, lastDay))
}
