import { billingPeriodAt, periodBefore } from '@/lib/plans/billing-period'
import type { TimeRange } from '@/lib/usage/comparison'
import {
  DAYS_MAX,
  HOURS_READABLE_DAYS,
  INTERVAL_MS,
  type Interval,
  type Span,
} from '@/lib/usage/series'

export const PERIODS = ['billing', 'last-billing', 'today', '7d', '30d', '90d', '12m'] as const
export type PeriodName = (typeof PERIODS)[number]

/** Days by name, first and last included, or a period by name. */
export type PeriodChoice = { name: PeriodName } | { name: null; firstDay: number; lastDay: number }

export interface ChosenPeriod {
  range: TimeRange
  /** What it is compared with: the billing period before, or as many days before. */
  before: TimeRange
}

const DAY_MS = INTERVAL_MS.DAY
const DAYS: Record<'today' | '7d' | '30d' | '90d', number> = {
  today: 1,
  '7d': 7,
  '30d': 30,
  '90d': 90,
}
/** Beyond so many days bars would be hairs. */
const DAYS_BY_DAY = 100
const DAYS_BY_WEEK = 420
const DAYS_BY_HOUR = 3

/**
 * The days that a choice means, whole UTC days. Today is the last one, also while a billing period goes on; of
 * more days than can be read at once the last ones are meant.
 */
export function periodOf(choice: PeriodChoice, now: number, anchorDay: number): ChosenPeriod {
  const tomorrow = (Math.floor(now / DAY_MS) + 1) * DAY_MS
  if (choice.name === null) {
    const to = Math.min(choice.lastDay + DAY_MS, tomorrow)
    const from = Math.max(choice.firstDay, to - DAYS_MAX * DAY_MS)
    return daysBetween(Math.min(from, to - DAY_MS), to)
  }
  if (choice.name === 'billing') {
    const period = billingPeriodAt(now, anchorDay)
    return {
      range: { from: period.from, to: tomorrow },
      before: periodBefore(period, anchorDay),
    }
  }
  if (choice.name === 'last-billing') {
    const period = periodBefore(billingPeriodAt(now, anchorDay), anchorDay)
    return { range: period, before: periodBefore(period, anchorDay) }
  }
  if (choice.name === '12m') {
    const today = new Date(now)
    const from = Date.UTC(today.getUTCFullYear() - 1, today.getUTCMonth(), today.getUTCDate())
    return daysBetween(from + DAY_MS, tomorrow)
  }
  return daysBetween(tomorrow - DAYS[choice.name] * DAY_MS, tomorrow)
}

function daysBetween(from: number, to: number): ChosenPeriod {
  return { range: { from, to }, before: { from: from - (to - from), to: from } }
}

/** The spans that a range can be shown by; the first is the one to begin with. */
export function spansOf({ from, to }: TimeRange, now: number): Span[] {
  const days = (to - from) / DAY_MS
  const hours = days <= DAYS_BY_HOUR && from > now - HOURS_READABLE_DAYS * DAY_MS
  if (hours && days <= 1) return ['HOUR']
  if (days <= 14) return hours ? ['DAY', 'HOUR'] : ['DAY']
  if (days <= DAYS_BY_DAY) return ['DAY', 'WEEK']
  return days <= DAYS_BY_WEEK ? ['WEEK', 'MONTH'] : ['MONTH']
}

/** What sums of that span are read from. */
export function intervalOf(span: Span): Interval {
  return span === 'HOUR' ? 'HOUR' : 'DAY'
}
