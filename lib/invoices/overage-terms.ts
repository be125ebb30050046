import type { ChargeLine } from '@/lib/billing/charge'
import { count, exactDollars, gibibytes } from '@/lib/invoices/wording'
import type { Plan } from '@/lib/plans/plan'

/** How one kind of use is charged beyond what the plan includes. */
interface Terms<Unit extends ChargeLine['unit']> {
  unit: Unit
  /** Null = without end. */
  allowanceOf: (plan: Plan) => number | null
  /** US cents for `per` units. */
  centsOf: (plan: Plan) => number
  per: bigint
  /** As the invoice prints it. @param rate nano-USD for `per` units */
  words: (allowance: bigint, rate: bigint) => string
}

/** What adds up over a period. */
export type FlowKind = 'TOKENS' | 'REQUESTS'

export const FLOWS: Record<FlowKind, Terms<'TOKEN' | 'REQUEST'>> = {
  TOKENS: {
    unit: 'TOKEN',
    allowanceOf: ({ allowances }) => allowances.tokens,
    centsOf: ({ fees }) => fees.overage.millionTokensCents,
    per: 1_000_000n,
    words: (allowance, rate) =>
      `Tokens beyond ${count(allowance)}, at ${exactDollars(rate)} a million`,
  },
  REQUESTS: {
    unit: 'REQUEST',
    allowanceOf: ({ allowances }) => allowances.requests,
    centsOf: ({ fees }) => fees.overage.thousandRequestsCents,
    per: 1000n,
    words: (allowance, rate) =>
      `Requests beyond ${count(allowance)}, at ${exactDollars(rate)} a thousand`,
  },
}

/** What is held from day to day; the price is for holding it through a whole period. */
export type LevelKind = 'STORAGE' | 'SEATS'

export const LEVELS: Record<LevelKind, Terms<'BYTE_DAY' | 'MEMBER_DAY'>> = {
  STORAGE: {
    unit: 'BYTE_DAY',
    allowanceOf: ({ allowances }) => allowances.storageBytes,
    centsOf: ({ fees }) => fees.overage.gibibyteCents,
    per: 1n << 30n,
    words: (allowance, rate) =>
      `Storage beyond ${gibibytes(allowance)}, at ${exactDollars(rate)} a GiB for the period`,
  },
  SEATS: {
    unit: 'MEMBER_DAY',
    allowanceOf: ({ allowances }) => allowances.seats,
    centsOf: ({ fees }) => fees.overage.seatCents,
    per: 1n,
    words: (allowance, rate) =>
      `Seats beyond ${count(allowance)}, at ${exactDollars(rate)} a seat for the period`,
  },
}
