import { DomainError } from '@/lib/errors'
import { billingPeriodAt } from '@/lib/plans/billing-period'
import { FIRST_PLAN, isUpgrade, PLANS, type Plan } from '@/lib/plans/plan'
import { changeLines, feeLines } from '@/lib/subscriptions/proration'
import type { Change, Rule, Subscription } from '@/lib/subscriptions/subscription'

/** What a command does, one rule each. Which of them holds in which state is the table in subscription.ts. */

/** Whole days, after the one on which the trial begins. */
export const TRIAL_DAYS = 14
const DAY_MS = 86_400_000

export const startTrial: Rule<'START_TRIAL'> = (subscription, at, { plan }) => {
  if (subscription.pastDueSince !== null) return paymentOverdue()
  if (subscription.trialEndsAt !== null) return trialUsed()
  if (subscription.plan.fees.periodCents > 0) {
    return refuse('already_paying', 'A trial is for organizations without a paid plan.')
  }
  if (plan.fees.periodCents === 0) {
    return refuse('not_for_trial', `The ${plan.name} plan has no fee: choose it instead.`)
  }
  const trialEndsAt = (Math.floor(at / DAY_MS) + 1 + TRIAL_DAYS) * DAY_MS
  return made('TRIAL_STARTED', { state: 'TRIALING', plan, trialEndsAt, scheduled: null })
}

/** Nothing was paid, so that every change counts at once and costs nothing; without a fee there is no trial. */
export const changeInTrial: Rule<'CHANGE_PLAN'> = (subscription, at, { plan }) => {
  if (isSame(plan, subscription.plan)) return samePlan(plan)
  if (plan.fees.periodCents > 0) return made('PLAN_CHANGED', { plan })
  return made('PLAN_CHANGED', { plan, ...standing(subscription), trialEndsAt: at })
}

/** A larger plan at once, for the rest of the period; any other one when the period ends. */
export const changePlan: Rule<'CHANGE_PLAN'> = (subscription, at, { plan }) => {
  const { plan: present, scheduled, period } = subscription
  if (isSame(plan, present)) return samePlan(plan)
  if (scheduled && isSame(plan, scheduled)) {
    return refuse('already_scheduled', `The ${plan.name} plan is already the next one.`)
  }
  if (!isUpgrade(present.id, plan.id)) return made('CHANGE_SCHEDULED', { scheduled: plan })
  const lines = changeLines({ from: present, to: plan, at, period })
  return made('PLAN_CHANGED', { plan, scheduled: null }, lines)
}

export const changeWhileOverdue: Rule<'CHANGE_PLAN'> = (subscription, at, command) =>
  isUpgrade(subscription.plan.id, command.plan.id)
    ? paymentOverdue()
    : changePlan(subscription, at, command)

export const beginAgain: Rule<'CHANGE_PLAN'> = ({ pastDueSince, period }, at, { plan }) => {
  if (pastDueSince !== null) return paymentOverdue()
  return made(
    'PLAN_CHANGED',
    { plan, state: 'ACTIVE' },
    changeLines({ from: null, to: plan, at, period }),
  )
}

export const withdraw: Rule<'WITHDRAW_CHANGE'> = ({ scheduled }) =>
  scheduled ? made('CHANGE_WITHDRAWN', { scheduled: null }) : nothingScheduled()

export const cancelAtEndOfPeriod: Rule<'CANCEL'> = ({ plan, period }) => {
  if (plan.fees.periodCents === 0) {
    return refuse(
      'nothing_to_cancel',
      `The ${plan.name} plan has no fee: there is nothing to cancel.`,
    )
  }
  return cancel(period.to)
}

export const cancelAtEndOfTrial: Rule<'CANCEL'> = ({ trialEndsAt, period }) =>
  cancel(trialEndsAt ?? period.to)

export const resume: Rule<'RESUME'> = (subscription, at) => {
  const { trialEndsAt } = subscription
  const inTrial = trialEndsAt !== null && at < trialEndsAt
  return made('RESUMED', inTrial ? { state: 'TRIALING', cancelAt: null } : standing(subscription))
}

export const fallDue: Rule<'MARK_PAST_DUE'> = (_, at) =>
  made('FELL_DUE', { state: 'PAST_DUE', pastDueSince: at })

/** Where the state says something that matters more. */
export const noteOverdue: Rule<'MARK_PAST_DUE'> = ({ pastDueSince }, at) =>
  pastDueSince === null ? made('FELL_DUE', { pastDueSince: at }) : null

export const recover: Rule<'MARK_PAID'> = () =>
  made('PAID', { state: 'ACTIVE', pastDueSince: null })

export const notePaid: Rule<'MARK_PAID'> = ({ pastDueSince }) =>
  pastDueSince === null ? null : made('PAID', { pastDueSince: null })

/** From here on the plan is paid for. */
export const endTrial: Rule<'END_TRIAL'> = (subscription, at) => {
  const { plan, period } = subscription
  const lines = changeLines({ from: null, to: plan, at, period })
  return made('TRIAL_ENDED', standing(subscription), lines)
}

export const beginPeriod: Rule<'END_PERIOD'> = (subscription) => {
  const plan = subscription.scheduled ?? subscription.plan
  const period = nextPeriod(subscription)
  return made('PERIOD_BEGUN', { plan, period, scheduled: null }, feeLines(plan, period))
}

export const beginPeriodWithoutFee: Rule<'END_PERIOD'> = (subscription) =>
  made('PERIOD_BEGUN', { period: nextPeriod(subscription) })

export const end: Rule<'END_TRIAL'> = () => made('ENDED', ENDED)

/** A trial that was cancelled may reach over the end of a period. */
export const endOrGoOn: Rule<'END_PERIOD'> = (subscription) => {
  const { cancelAt, period } = subscription
  if (cancelAt !== null && cancelAt > period.to)
    return made('PERIOD_BEGUN', { period: nextPeriod(subscription) })
  return made('ENDED', { ...ENDED, period: nextPeriod(subscription) })
}

export const nothingNew = (): null => null

export const trialUsed = (): never =>
  refuse('trial_used', 'There is one trial for each organization. Choose a plan instead.')

export const noTrial = (): never => refuse('no_trial', 'There is no trial to end.')

export const paymentOverdue = (): never =>
  refuse('payment_overdue', 'An invoice is overdue. Pay it first, then choose the plan.')

export const nothingScheduled = (): never =>
  refuse('nothing_scheduled', 'No change of plan is waiting, so there is nothing to withdraw.')

export const nothingToResume = (): never =>
  refuse('nothing_to_resume', 'The subscription is not cancelled, so there is nothing to resume.')

export const resumeFirst = (): never =>
  refuse(
    'resume_first',
    'The subscription is cancelled to the end of its time. Resume it, then choose the plan.',
  )

export const choosePlanFirst = (): never =>
  refuse('subscription_ended', 'The subscription has ended. Choose a plan to begin again.')

const ENDED: Partial<Subscription> = {
  state: 'CANCELLED',
  plan: PLANS[FIRST_PLAN],
  cancelAt: null,
  scheduled: null,
}

function cancel(cancelAt: number): Change {
  return made('CANCELLATION_ASKED', { state: 'CANCELLING', cancelAt, scheduled: null })
}

/** The state of who neither tries nor leaves. */
function standing({ pastDueSince }: Subscription): Partial<Subscription> {
  return { state: pastDueSince === null ? 'ACTIVE' : 'PAST_DUE', cancelAt: null }
}

function nextPeriod({ period, anchorDay }: Subscription) {
  return billingPeriodAt(period.to, anchorDay)
}

function isSame(one: Plan, other: Plan): boolean {
  return one.id === other.id && one.version === other.version
}

function samePlan({ name }: Plan): never {
  return refuse('same_plan', `The ${name} plan is the one you have. Choose another one.`)
}

function made(
  kind: Change['kind'],
  set: Partial<Subscription>,
  lines: Change['lines'] = [],
): Change {
  return { kind, set, lines }
}

function refuse(code: string, message: string): never {
  throw new DomainError('conflict', code, message)
}
