import type { ChargeLine } from '@/lib/billing/charge'
import { type BillingPeriod, billingPeriodAt } from '@/lib/plans/billing-period'
import { FIRST_PLAN, PLANS, type Plan } from '@/lib/plans/plan'
import * as rules from '@/lib/subscriptions/subscription-rules'

export const SUBSCRIPTION_STATES = [
  /** The fee is waived until the trial ends. */
  'TRIALING',
  'ACTIVE',
  /** An invoice is overdue. The plan still counts. */
  'PAST_DUE',
  /** Ends at `cancelAt`, and can be resumed until then. */
  'CANCELLING',
  /** Back on the first plan: what is used beyond it is billed as before. */
  'CANCELLED',
] as const
export type SubscriptionState = (typeof SUBSCRIPTION_STATES)[number]

export interface Subscription {
  state: SubscriptionState
  plan: Plan
  /** Day of the month, UTC, on which billing periods begin; 1 to 31. Never changes. */
  anchorDay: number
  period: BillingPeriod
  /** Epoch ms. Stays once the trial is over, of which there is one. */
  trialEndsAt: number | null
  /** Counts from the end of the period on. Only where ACTIVE or PAST_DUE. */
  scheduled: Plan | null
  /** Epoch ms; set where CANCELLING, and only there. */
  cancelAt: number | null
  /** Epoch ms since which an invoice is overdue, whatever the state. */
  pastDueSince: number | null
  /** Counts the changes, from 1. */
  revision: number
  /** Epoch ms of the last change. */
  changedAt: number
}

export const COMMANDS = [
  'START_TRIAL',
  'CHANGE_PLAN',
  'WITHDRAW_CHANGE',
  'CANCEL',
  'RESUME',
  // Of whoever collects payments.
  'MARK_PAST_DUE',
  'MARK_PAID',
  // Of time, at the moments that `nextStep` in subscription-time.ts names.
  'END_TRIAL',
  'END_PERIOD',
] as const
export type CommandType = (typeof COMMANDS)[number]

export type CommandOf<Type extends CommandType> = { type: Type } & (Type extends
  | 'START_TRIAL'
  | 'CHANGE_PLAN'
  ? { plan: Plan }
  : unknown)

/** Kept in the history of the subscription. */
export type ChangeKind =
  | 'BEGUN'
  | 'TRIAL_STARTED'
  | 'TRIAL_ENDED'
  | 'PLAN_CHANGED'
  | 'CHANGE_SCHEDULED'
  | 'CHANGE_WITHDRAWN'
  | 'CANCELLATION_ASKED'
  | 'RESUMED'
  | 'ENDED'
  | 'PERIOD_BEGUN'
  | 'FELL_DUE'
  | 'PAID'

/** What a rule says: the fields that change, and what that costs at once. */
export interface Change {
  kind: ChangeKind
  set: Partial<Subscription>
  lines: ChargeLine[]
}

export interface Transition {
  kind: ChangeKind
  before: Subscription
  after: Subscription
  lines: ChargeLine[]
}

/** Null where it is so already. @throws DomainError conflict that says what to do instead */
export type Rule<Type extends CommandType> = (
  subscription: Subscription,
  at: number,
  command: CommandOf<Type>,
) => Change | null

/** Every command in every state: there is no answer that nobody thought of. */
const TABLE: Record<SubscriptionState, { [Type in CommandType]: Rule<Type> }> = {
  TRIALING: {
    START_TRIAL: rules.trialUsed,
    CHANGE_PLAN: rules.changeInTrial,
    WITHDRAW_CHANGE: rules.nothingScheduled,
    CANCEL: rules.cancelAtEndOfTrial,
    RESUME: rules.nothingToResume,
    MARK_PAST_DUE: rules.noteOverdue,
    MARK_PAID: rules.notePaid,
    END_TRIAL: rules.endTrial,
    END_PERIOD: rules.beginPeriodWithoutFee,
  },
  ACTIVE: {
    START_TRIAL: rules.startTrial,
    CHANGE_PLAN: rules.changePlan,
    WITHDRAW_CHANGE: rules.withdraw,
    CANCEL: rules.cancelAtEndOfPeriod,
    RESUME: rules.nothingToResume,
    MARK_PAST_DUE: rules.fallDue,
    MARK_PAID: rules.nothingNew,
    END_TRIAL: rules.noTrial,
    END_PERIOD: rules.beginPeriod,
  },
  PAST_DUE: {
    START_TRIAL: rules.paymentOverdue,
    CHANGE_PLAN: rules.changeWhileOverdue,
    WITHDRAW_CHANGE: rules.withdraw,
    CANCEL: rules.cancelAtEndOfPeriod,
    RESUME: rules.nothingToResume,
    MARK_PAST_DUE: rules.nothingNew,
    MARK_PAID: rules.recover,
    END_TRIAL: rules.noTrial,
    END_PERIOD: rules.beginPeriod,
  },
  CANCELLING: {
    START_TRIAL: rules.resumeFirst,
    CHANGE_PLAN: rules.resumeFirst,
    WITHDRAW_CHANGE: rules.nothingScheduled,
    CANCEL: rules.nothingNew,
    RESUME: rules.resume,
    MARK_PAST_DUE: rules.noteOverdue,
    MARK_PAID: rules.notePaid,
    END_TRIAL: rules.end,
    END_PERIOD: rules.endOrGoOn,
  },
  CANCELLED: {
    START_TRIAL: rules.startTrial,
    CHANGE_PLAN: rules.beginAgain,
    WITHDRAW_CHANGE: rules.nothingScheduled,
    CANCEL: rules.nothingNew,
    RESUME: rules.choosePlanFirst,
    MARK_PAST_DUE: rules.noteOverdue,
    MARK_PAID: rules.notePaid,
    END_TRIAL: rules.noTrial,
    END_PERIOD: rules.beginPeriodWithoutFee,
  },
}

/**
 * What the command makes of the subscription, and what it costs at once. Whatever time has done before must have been
 * applied (`settled` in subscription-time.ts).
 * @param at epoch ms; a moment before the last change counts as that change's
 * @returns null where it is so already
 * @throws DomainError conflict where the state does not allow it
 */
export function transition<Type extends CommandType>(
  before: Subscription,
  command: CommandOf<Type>,
  at: number,
): Transition | null {
  const moment = Math.max(at, before.changedAt)
  const change = TABLE[before.state][command.type](before, moment, command)
  if (!change) return null
  const { kind, set, lines } = change
  const after = { ...before, ...set, revision: before.revision + 1, changedAt: moment }
  return { kind, before, after, lines }
}

/** What an organization has that nobody asked for anything: the first plan, from the day on which it was made. */
export function beginning(createdAt: number): Subscription {
  const anchorDay = new Date(createdAt).getUTCDate()
  const period = billingPeriodAt(createdAt, anchorDay)
  return {
    state: 'ACTIVE',
    plan: PLANS[FIRST_PLAN],
    anchorDay,
    period,
    trialEndsAt: null,
    scheduled: null,
    cancelAt: null,
    pastDueSince: null,
    revision: 1,
    changedAt: period.from,
  }
}
