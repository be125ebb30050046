'use client'

import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { preloadOnIntent } from '@/components/ui/preload'
import { dollars } from '@/lib/invoices/wording'
import type { SubscriptionView } from '@/lib/subscriptions/queries'
import { feeWords, midnightWords } from './billing-words'
import type { PlanActs } from './subscription-overlays'

export type StandingNoticeProps = {
  subscription: SubscriptionView
  /** Null for those who only read. */
  acts: PlanActs | null
}

/** What will happen to the subscription by itself, and how to stop it. Nothing where all goes on as it is. */
export function StandingNotice({ subscription, acts }: StandingNoticeProps) {
  const { state, plan, scheduled, period, cancelAt, trialEndsAt, comingFee } = subscription
  if (state === 'CANCELLING' && cancelAt !== null) {
    return (
      <Callout
        tone="warning"
        title={`The subscription ends on ${midnightWords(cancelAt)}`}
        actions={
          acts ? (
            <Button
              variant="primary"
              onClick={() => acts.open('resume')}
              {...preloadOnIntent(acts.preload)}
            >
              Resume subscription
            </Button>
          ) : null
        }
      >
        Until then everything of the {plan.name} plan stays.{' '}
        {acts ? null : 'An admin can resume it.'}
      </Callout>
    )
  }
  if (scheduled) {
    return (
      <Callout
        title={`The plan changes to ${scheduled.name} on ${midnightWords(period.to)}`}
        actions={
          acts ? (
            <Button onClick={() => acts.open('withdraw')} {...preloadOnIntent(acts.preload)}>
              Keep {plan.name}
            </Button>
          ) : null
        }
      >
        {feeWords(scheduled)} from then on. Until then nothing changes.
      </Callout>
    )
  }
  if (state === 'TRIALING' && trialEndsAt !== null) {
    return (
      <Callout title={`The trial ends on ${midnightWords(trialEndsAt)}`}>
        {comingFee
          ? `Then the ${plan.name} plan goes on, and ${dollars(comingFee.cents)} are due on ${midnightWords(comingFee.at)}, unless it is cancelled before.`
          : `Then the ${plan.name} plan goes on.`}
      </Callout>
    )
  }
  if (state === 'CANCELLED') {
    return (
      <Callout title="The subscription has ended">
        The organization is on the {plan.name} plan. What models cost, and what goes beyond the
        plan, is billed as before.
      </Callout>
    )
  }
  return null
}
