import type { Tone } from '@/components/ui/badge'
import type { InvoiceSummary } from '@/lib/invoices/invoice-summaries'
import { count, dollars, gibibytes } from '@/lib/invoices/wording'
import { localDateTime } from '@/lib/local-date'
import type { Allowances, Fees, Plan } from '@/lib/plans/plan'
import type { SubscriptionState } from '@/lib/subscriptions/subscription'
import type { AllowanceUse } from '@/lib/usage/allowance'

/** Plans, states and amounts in plain words, as invoices print them. */

export const STATE_WORDS: Record<SubscriptionState, { label: string; tone: Tone }> = {
  TRIALING: { label: 'Trial', tone: 'info' },
  ACTIVE: { label: 'Active', tone: 'success' },
  PAST_DUE: { label: 'Past due', tone: 'danger' },
  CANCELLING: { label: 'Ends soon', tone: 'warning' },
  CANCELLED: { label: 'Ended', tone: 'neutral' },
}

/** `$299.00 a month`. */
export function feeWords({ fees }: Pick<Plan, 'fees'>): string {
  return fees.periodCents === 0 ? 'No fee' : `${dollars(BigInt(fees.periodCents))} a month`
}

const MILLION = 1_000_000
const BILLION = 1_000_000_000

export const LIMIT_WORDS: Record<keyof Allowances, string> = {
  seats: 'Seats',
  tokens: 'Model tokens',
  requests: 'Requests',
  storageBytes: 'Storage',
}

/** In the order in which plans are compared. */
export const LIMITS = ['seats', 'tokens', 'requests', 'storageBytes'] as const

/** `500 million`, `100 GiB`, `25`. */
export function amountWords(limit: keyof Allowances, amount: number): string {
  if (limit === 'storageBytes') return gibibytes(BigInt(Math.round(amount)))
  if (amount >= BILLION && amount % BILLION === 0) return `${amount / BILLION} billion`
  if (amount >= MILLION && amount % MILLION === 0) return `${amount / MILLION} million`
  return count(BigInt(Math.round(amount)))
}

export function allowanceWords(limit: keyof Allowances, amount: number | null): string {
  return amount === null ? 'Without limit' : amountWords(limit, amount)
}

const OVERAGE: Record<keyof Allowances, { centsOf: (fees: Fees) => number; per: string }> = {
  seats: { centsOf: ({ overage }) => overage.seatCents, per: 'each a month' },
  tokens: { centsOf: ({ overage }) => overage.millionTokensCents, per: 'a million' },
  requests: { centsOf: ({ overage }) => overage.thousandRequestsCents, per: 'a thousand' },
  storageBytes: { centsOf: ({ overage }) => overage.gibibyteCents, per: 'a GiB a month' },
}

/** What goes beyond the allowance costs: `$0.12 a million`. */
export function overageWords(limit: keyof Allowances, { fees }: Pick<Plan, 'fees'>): string {
  const { centsOf, per } = OVERAGE[limit]
  return `${dollars(BigInt(centsOf(fees)))} ${per}`
}

/** People come and go at no pace that could be followed. */
export function seatWords({ used, allowance }: AllowanceUse, plan: Plan): string {
  if (allowance === null) return 'Without limit.'
  const price = dollars(BigInt(plan.fees.overage.seatCents))
  if (used > allowance) return `${used - allowance} beyond the plan, at ${price} each a month.`
  if (used === allowance) return `All seats are taken. Each more costs ${price} a month.`
  return allowance - used === 1 ? 'One seat is free.' : `${allowance - used} seats are free.`
}

type Standing = Pick<InvoiceSummary, 'state' | 'isPastDue'>

export function invoiceStateWords({ state, isPastDue }: Standing): { label: string; tone: Tone } {
  switch (state) {
    case 'OPEN':
      return isPastDue ? { label: 'Past due', tone: 'danger' } : { label: 'Open', tone: 'warning' }
    case 'PAID':
      return { label: 'Paid', tone: 'success' }
    case 'VOID':
      return { label: 'Void', tone: 'neutral' }
    case 'UNCOLLECTIBLE':
      return { label: 'Written off', tone: 'neutral' }
    case 'ISSUED':
      return { label: 'Issued', tone: 'neutral' }
  }
}

/** Periods and trials end at midnight, UTC. */
export function midnightWords(at: number): string {
  return localDateTime(at, 'UTC')
}
