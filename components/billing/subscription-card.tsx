'use client'

import { useEffect, useRef } from 'react'
import { SectionCard, SectionFooter } from '@/components/settings/section-card'
import { Button } from '@/components/ui/button'
import { DescriptionList } from '@/components/ui/description-list'
import { preloadOnIntent } from '@/components/ui/preload'
import { StatusDot } from '@/components/ui/status-dot'
import { dollars } from '@/lib/invoices/wording'
import { dayRange } from '@/lib/local-date'
import type { SubscriptionView } from '@/lib/subscriptions/queries'
import { feeWords, midnightWords, STATE_WORDS } from './billing-words'
import { StandingNotice } from './standing-notice'
import { type PlanActs, SubscriptionOverlays, usePlanActs } from './subscription-overlays'

export type SubscriptionCardProps = {
  tenant: string
  subscription: SubscriptionView
  trialDays: number
  mayChange: boolean
}

/** What the organization has and pays, what comes next, and what an admin can do about it. */
export function SubscriptionCard({
  tenant,
  subscription,
  trialDays,
  mayChange,
}: SubscriptionCardProps) {
  const { plan, state } = subscription
  const { opened, acts, close } = usePlanActs()
  const { label, tone } = STATE_WORDS[state]
  const card = useFocusKeeper(subscription.revision)
  return (
    <div ref={card} tabIndex={-1} className="scroll-mt-20 outline-none">
      <SectionCard
        title={
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
            {plan.name} plan
            <StatusDot tone={tone} className="font-normal text-sm">
              {label}
            </StatusDot>
          </span>
        }
        description={`Version ${plan.version} of its terms. They stay as they are until you choose a plan again.`}
        actions={mayChange ? <MainActs subscription={subscription} acts={acts} /> : null}
        footer={mayChange && mayCancel(subscription) ? <CancelStrip acts={acts} /> : null}
      >
        <div className="flex flex-col gap-4">
          <StandingNotice subscription={subscription} acts={mayChange ? acts : null} />
          <DescriptionList layout="columns" items={factsOf(subscription)} />
        </div>
        <SubscriptionOverlays
          tenant={tenant}
          subscription={subscription}
          trialDays={trialDays}
          opened={opened}
          onClose={close}
        />
      </SectionCard>
    </div>
  )
}

/** What was pressed may be gone once it is done: then the card takes the focus, so that it is not lost. */
function useFocusKeeper(revision: number) {
  const card = useRef<HTMLDivElement>(null)
  const known = useRef(revision)
  // The focus is the external system.
  useEffect(() => {
    if (known.current !== revision && document.activeElement === document.body) {
      card.current?.focus({ preventScroll: true })
    }
    known.current = revision
  }, [revision])
  return card
}

function factsOf({ plan, period, comingFee, state, cancelAt }: SubscriptionView) {
  return [
    { term: 'Fee', detail: feeWords(plan) },
    { term: 'Billing period, UTC', detail: dayRange(period) },
    state === 'CANCELLING' && cancelAt !== null
      ? { term: 'Ends', detail: midnightWords(cancelAt) }
      : {
          term: 'Next fee',
          detail: comingFee
            ? `${dollars(comingFee.cents)} on ${midnightWords(comingFee.at)}`
            : 'None',
        },
  ]
}

function mayCancel({ state, plan }: SubscriptionView): boolean {
  if (state === 'TRIALING') return true
  return (state === 'ACTIVE' || state === 'PAST_DUE') && plan.fees.periodCents > 0
}

type MainActsProps = { subscription: SubscriptionView; acts: PlanActs }

function MainActs({ subscription, acts }: MainActsProps) {
  const { state, canTry } = subscription
  if (state === 'CANCELLING') return null
  return (
    <>
      {canTry ? (
        <Button onClick={() => acts.open('trial')} {...preloadOnIntent(acts.preload)}>
          Start trial
        </Button>
      ) : null}
      <Button
        variant="primary"
        onClick={() => acts.open('change')}
        {...preloadOnIntent(acts.preload)}
      >
        {state === 'CANCELLED' ? 'Choose plan' : 'Change plan'}
      </Button>
    </>
  )
}

function CancelStrip({ acts }: { acts: PlanActs }) {
  return (
    <SectionFooter
      hint="Cancelling takes effect when what is paid for is used up. Nothing is deleted."
      actions={
        <Button
          variant="danger-outline"
          onClick={() => acts.open('cancel')}
          {...preloadOnIntent(acts.preload)}
        >
          Cancel subscription
        </Button>
      }
    />
  )
}
