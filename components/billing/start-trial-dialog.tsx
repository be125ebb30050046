'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { tryPlan } from '@/app/[tenant]/settings/billing/actions'
import { ActDialog } from '@/components/settings/act-dialog'
import { notify } from '@/components/ui/notify'
import { RadioCards } from '@/components/ui/radio-cards'
import { PLAN_IDS, PLANS, type PlanId } from '@/lib/plans/plan'
import { feeWords } from './billing-words'
import type { SubscriptionDialogProps } from './subscription-overlays'

export type StartTrialDialogProps = SubscriptionDialogProps & { trialDays: number }

const OFFERED = PLAN_IDS.filter((id) => PLANS[id].fees.periodCents > 0)

/** Mount to open. */
export function StartTrialDialog({ tenant, trialDays, onClose }: StartTrialDialogProps) {
  const router = useRouter()
  const [plan, setPlan] = useState<PlanId>(OFFERED[0] ?? 'TEAM')
  const { name } = PLANS[plan]
  return (
    <ActDialog
      open
      onClose={onClose}
      act={() => tryPlan(tenant, { plan })}
      onDone={() => {
        notify.success(`The trial of the ${name} plan has begun`)
        router.refresh()
        onClose()
      }}
      title="Start a trial"
      description={`${trialDays} whole days of a paid plan without its fee, once for each organization. Then the fee is due, unless you cancel before. What models cost is billed as always.`}
      confirmLabel={`Try ${name}`}
      tone="primary"
      problemTitle="The trial was not started"
    >
      <RadioCards
        label="Plan"
        columns={1}
        value={plan}
        onValueChange={(next) => setPlan(next as PlanId)}
        options={OFFERED.map((id) => ({
          value: id,
          title: PLANS[id].name,
          meta: feeWords(PLANS[id]),
        }))}
        className="mt-2"
      />
    </ActDialog>
  )
}
