import type pg from 'pg'
import type { BillingPeriod } from '@/lib/plans/billing-period'
import type { Plan } from '@/lib/plans/plan'

/**
 * What the subscription hands to the invoices. It says what is owed and why; numbering, credit, tax and payment
 * are theirs. Everything is called in the transaction that changes the subscription, so that a plan never
 * changes without its charge, nor a charge without its change. It must not change the subscription itself.
 */
export interface BillingPort {
  /** What a change made due at once. Where the lines come to less than nothing, the difference becomes credit. */
  charge(tx: BillingTransaction, order: ChargeOrder): Promise<void>
  /** A period is over: what was used in it is due, and what the next one costs in advance. */
  closePeriod(tx: BillingTransaction, closed: ClosedPeriod): Promise<void>
}

export type BillingTransaction = Pick<pg.PoolClient, 'query'>

/** Lines that belong on one invoice, at once. Never empty. */
export interface ChargeOrder {
  organizationId: string
  reason: 'PLAN_CHANGED' | 'TRIAL_ENDED'
  /** Epoch ms of what made them due. */
  at: number
  lines: readonly ChargeLine[]
}

export interface ClosedPeriod {
  organizationId: string
  period: BillingPeriod
  /** Which plan counted when within the period: oldest first, without a gap. */
  spans: readonly PlanSpan[]
  /** In advance, for the period that begins now; empty in a trial and on a plan without a fee. */
  nextFee: readonly ChargeLine[]
}

export interface PlanSpan extends BillingPeriod {
  plan: Plan
  /** Whether the plan's fee was waived. */
  trial: boolean
}

/** What a line is for. The plan's are made here, the others where periods are billed. */
export type ChargeKind =
  /** The fee of a plan, for a period or for the rest of one. */
  | 'PLAN'
  /** Given back for the rest of a period whose plan was left early. */
  | 'PLAN_CREDIT'
  /** Calls of one model, at what they cost. */
  | 'MODEL'
  /** Beyond the allowance of the plan. */
  | 'TOKENS'
  | 'REQUESTS'
  | 'STORAGE'
  | 'SEATS'

export interface ChargeLine {
  kind: ChargeKind
  /** What is charged, the same in every period: `TEAM/1` of a plan, `openai/gpt-5` of a model. Unique with kind. */
  key: string
  /** As the invoice prints it. */
  description: string
  /** Whole units, never negative. */
  quantity: bigint
  unit: 'PERIOD' | 'CALL' | 'TOKEN' | 'REQUEST' | 'BYTE_DAY' | 'MEMBER_DAY'
  /** Exact amount in nano-USD; negative gives money back. */
  nano: bigint
  /** `centsOfNano(nano)`. */
  cents: bigint
  /** What it is for, which for late usage is an earlier period than the one that is billed. */
  period: BillingPeriod
}
