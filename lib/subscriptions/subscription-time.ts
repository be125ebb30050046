import type { Plan } from '@/lib/plans/plan'
import { totalCents } from '@/lib/subscriptions/proration'
import { type Subscription, type Transition, transition } from '@/lib/subscriptions/subscription'

/** What time does to a subscription by itself. */

export interface TimeStep {
  type: 'END_TRIAL' | 'END_PERIOD'
  /** Epoch ms. */
  at: number
}

/** The next thing that happens if nobody does anything. There is always one. */
export function nextStep({ state, period, trialEndsAt, cancelAt }: Subscription): TimeStep {
  const endsTrial = state === 'TRIALING' || (state === 'CANCELLING' && cancelAt === trialEndsAt)
  // Where both end at once the trial does first: then the fee of the next period is asked for whole.
  if (endsTrial && trialEndsAt !== null && trialEndsAt <= period.to) {
    return { type: 'END_TRIAL', at: trialEndsAt }
  }
  return { type: 'END_PERIOD', at: period.to }
}

/**
 * Everything that time has done by `now` and nobody has applied yet, in order, however many periods were missed.
 * Each happens at its own moment, so that it makes no difference when somebody looks.
 */
export function dueTransitions(subscription: Subscription, now: number): Transition[] {
  const due: Transition[] = []
  let present = subscription
  for (let step = nextStep(present); step.at <= now; step = nextStep(present)) {
    const made = transition(present, step, step.at)
    if (!made) throw new Error(`Nothing came of ${step.type} in the state ${present.state}.`)
    due.push(made)
    present = made.after
  }
  return due
}

/** The subscription as it is now, whether or not somebody has applied what is due. */
export function settled(subscription: Subscription, now: number): Subscription {
  return dueTransitions(subscription, now).at(-1)?.after ?? subscription
}

export interface ComingFee {
  /** Epoch ms. */
  at: number
  plan: Plan
  /** US cents. */
  cents: bigint
}

/** A trial may reach over the end of a period, and its plan is paid for at once when it ends with one. */
const STEPS_TO_FEE = 3

/** The next fee if nobody does anything; null where none comes. */
export function comingFee(subscription: Subscription): ComingFee | null {
  let present = subscription
  for (let count = 0; count < STEPS_TO_FEE; count++) {
    const step = nextStep(present)
    const made = transition(present, step, step.at)
    if (!made) return null
    if (made.lines.length > 0) {
      return { at: step.at, plan: made.after.plan, cents: totalCents(made.lines) }
    }
    present = made.after
  }
  return null
}
