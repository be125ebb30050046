'use client'

import { RadioCards } from '@/components/ui/radio-cards'
import { PLAN_IDS, PLANS, type Plan, type PlanId } from '@/lib/plans/plan'
import type { SubscriptionView } from '@/lib/subscriptions/queries'
import { allowanceWords, feeWords, LIMIT_WORDS, LIMITS, overageWords } from './billing-words'

export type PlanChoiceProps = {
  subscription: Pick<SubscriptionView, 'plan' | 'scheduled' | 'state'>
  value: PlanId | null
  onChoose: (plan: PlanId) => void
}

/** The plans side by side: what each includes, and what goes beyond it costs. */
export function PlanChoice({ subscription, value, onChoose }: PlanChoiceProps) {
  return (
    <RadioCards
      label="Plan"
      columns={4}
      value={value}
      onValueChange={(plan) => onChoose(plan as PlanId)}
      options={PLAN_IDS.map((id) => {
        const held = heldAs(PLANS[id], subscription)
        return {
          value: id,
          title: PLANS[id].name,
          meta: held ?? (subscription.plan.id === id ? 'New terms' : undefined),
          tagline: <PlanFacts plan={PLANS[id]} />,
          disabled: held !== null,
        }
      })}
    />
  )
}

/** Why the plan cannot be chosen: it is there already. */
function heldAs(offered: Plan, { plan, scheduled, state }: PlanChoiceProps['subscription']) {
  if (isSame(offered, plan) && state !== 'CANCELLED') return 'Your plan'
  return scheduled && isSame(offered, scheduled) ? 'Next plan' : null
}

function isSame(one: Plan, other: Plan): boolean {
  return one.id === other.id && one.version === other.version
}

/** Within a button, where only text may be. */
function PlanFacts({ plan }: { plan: Plan }) {
  return (
    <span className="flex flex-col gap-2">
      <span className="font-medium text-ink text-sm tabular-nums">{feeWords(plan)}</span>
      {LIMITS.map((limit) => {
        const allowance = plan.allowances[limit]
        return (
          <span key={limit} className="flex flex-wrap gap-x-1.5 sm:flex-col">
            <span className="text-ink">
              {LIMIT_WORDS[limit]}: {allowanceWords(limit, allowance)}
            </span>
            <span>{allowance === null ? 'no overage' : `then ${overageWords(limit, plan)}`}</span>
          </span>
        )
      })}
      <span>Version {plan.version}</span>
    </span>
  )
}
