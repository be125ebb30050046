'use client'

import { useRouter } from 'next/navigation'
import { cancelPlan, keepPlan, resumePlan } from '@/app/[tenant]/settings/billing/actions'
import { ActDialog } from '@/components/settings/act-dialog'
import { notify } from '@/components/ui/notify'
import { FIRST_PLAN, PLANS } from '@/lib/plans/plan'
import type { SubscriptionView } from '@/lib/subscriptions/queries'
import { feeWords, midnightWords } from './billing-words'
import type { PlanAct, SubscriptionDialogProps } from './subscription-overlays'

export type EndingDialogProps = SubscriptionDialogProps & {
  act: Exclude<PlanAct, 'change' | 'trial'>
}

/** Mount to open. Says what follows from ending the subscription, and from taking that back. */
export function EndingDialog({ tenant, subscription, act, onClose }: EndingDialogProps) {
  const router = useRouter()
  const { done, ...words } = WORDS[act](subscription)
  return (
    <ActDialog
      {...words}
      open
      onClose={onClose}
      act={() => ACTIONS[act](tenant, {})}
      onDone={() => {
        notify.success(done)
        router.refresh()
        onClose()
      }}
    />
  )
}

const ACTIONS = { cancel: cancelPlan, resume: resumePlan, withdraw: keepPlan }

const WORDS = {
  cancel: (subscription: SubscriptionView) => {
    const { plan, scheduled } = subscription
    const end = midnightWords(endOf(subscription))
    const isTrial = subscription.state === 'TRIALING'
    return {
      title: 'Cancel the subscription?',
      description: (
        <ul className="flex list-disc flex-col gap-1 pl-4">
          <li>
            The {plan.name} plan stays until {end}. {isTrial ? 'Its fee is never due.' : null}
          </li>
          <li>
            Then the organization is on the {PLANS[FIRST_PLAN].name} plan, without a fee and with
            smaller allowances.
          </li>
          <li>
            Nobody is removed and nothing is deleted. What goes beyond the allowances, and what
            models cost, is still billed.
          </li>
          {scheduled ? <li>The change to {scheduled.name} is withdrawn.</li> : null}
          <li>It can be resumed until {end}.</li>
        </ul>
      ),
      confirmLabel: 'Cancel subscription',
      cancelLabel: `Keep ${plan.name}`,
      problemTitle: 'The subscription was not cancelled',
      done: `The subscription ends on ${end}`,
    }
  },
  resume: (subscription: SubscriptionView) => {
    const { plan } = subscription
    const end = midnightWords(endOf(subscription))
    return {
      title: 'Resume the subscription?',
      description: `The ${plan.name} plan goes on after ${end}. Its fee is due again from then on: ${feeWords(plan)}. Nothing is due now.`,
      confirmLabel: 'Resume subscription',
      tone: 'primary' as const,
      problemTitle: 'The subscription was not resumed',
      done: 'The subscription goes on',
    }
  },
  withdraw: ({ plan, scheduled }: SubscriptionView) => ({
    title: `Keep the ${plan.name} plan?`,
    description: `The change to ${scheduled?.name} is withdrawn. The ${plan.name} plan goes on for ${feeWords(plan)}. Nothing is due now.`,
    confirmLabel: `Keep ${plan.name}`,
    tone: 'primary' as const,
    problemTitle: 'The change was not withdrawn',
    done: `The ${plan.name} plan stays`,
  }),
}

/** When what was paid for is used up, or the trial is over. */
function endOf({ state, cancelAt, trialEndsAt, period }: SubscriptionView): number {
  if (cancelAt !== null) return cancelAt
  return state === 'TRIALING' && trialEndsAt !== null ? trialEndsAt : period.to
}
