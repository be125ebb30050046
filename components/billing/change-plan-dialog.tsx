'use client'

import { useRouter } from 'next/navigation'
import { useState, useTransition } from 'react'
import { choosePlan } from '@/app/[tenant]/settings/billing/actions'
import { type ActionProblem, attempt } from '@/components/settings/action-outcome'
import { ProblemNotice } from '@/components/settings/problem-notice'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import {
  Dialog,
  DialogBody,
  DialogContent,
  DialogFooter,
  DialogHeader,
} from '@/components/ui/dialog'
import { notify } from '@/components/ui/notify'
import { Spinner } from '@/components/ui/spinner'
import { dollars } from '@/lib/invoices/wording'
import { PlanChoice } from './plan-choice'
import { PlanPreviewPanel } from './plan-preview-panel'
import type { SubscriptionDialogProps } from './subscription-overlays'
import { type PlanPreview, type PricedPreview, usePlanPreview } from './use-plan-preview'

/** Nothing was changed then: what was shown no longer holds. */
const STALE = ['preview_expired', 'preview_changed']

/** Mount to open. Plans side by side, and what the chosen one would cost before it is chosen. */
export function ChangePlanDialog({ tenant, subscription, onClose }: SubscriptionDialogProps) {
  const router = useRouter()
  const preview = usePlanPreview(tenant)
  const [problem, setProblem] = useState<ActionProblem | null>(null)
  const [changing, startTransition] = useTransition()
  const isStale = problem !== null && STALE.includes(problem.code)

  function confirm({ change }: PricedPreview) {
    const plan = change.to.id
    startTransition(async () => {
      const outcome = await attempt(() => choosePlan(tenant, { plan, basis: change.basis }))
      startTransition(() => setProblem(outcome.ok ? null : outcome.problem))
      if (outcome.ok) {
        notify.success(doneWords(change))
        router.refresh()
        onClose()
      } else if (STALE.includes(outcome.problem.code)) preview.ask(plan)
    })
  }
  return (
    <Dialog open onOpenChange={(open) => !open && !changing && onClose()}>
      <DialogContent size="xl">
        <DialogHeader
          title={subscription.state === 'CANCELLED' ? 'Choose a plan' : 'Change the plan'}
          description="A larger plan counts at once, a smaller one when the period ends. What models cost is billed on top of every plan."
        />
        <DialogBody className="flex flex-col gap-5">
          <PlanChoice
            subscription={subscription}
            value={preview.plan}
            onChoose={(plan) => {
              setProblem(null)
              preview.ask(plan)
            }}
          />
          {isStale ? (
            <Callout tone="warning" live title="This has changed since you looked">
              Nothing was changed yet. The amounts below are those of now.
            </Callout>
          ) : (
            <ProblemNotice problem={problem} title="The plan was not changed" />
          )}
          <Answer preview={preview} />
        </DialogBody>
        <DialogFooter>
          <Button onClick={onClose}>Cancel</Button>
          <ConfirmButton preview={preview} changing={changing} onConfirm={confirm} />
        </DialogFooter>
      </DialogContent>
    </Dialog>
  )
}

function Answer({ preview: { plan, preview, problem, loading } }: { preview: PlanPreview }) {
  return (
    <section aria-label="What the change costs" aria-live="polite" aria-busy={loading}>
      {problem && !loading ? (
        <ProblemNotice problem={problem} title="This plan cannot be chosen now" />
      ) : loading ? (
        <p className="flex items-center gap-2 py-2 text-muted">
          <Spinner />
          Working out what it costs…
        </p>
      ) : preview ? (
        <PlanPreviewPanel preview={preview} />
      ) : plan === null ? (
        <p className="text-muted">Choose a plan to see what it costs before anything changes.</p>
      ) : null}
    </section>
  )
}

type ConfirmButtonProps = {
  preview: PlanPreview
  changing: boolean
  onConfirm: (preview: PricedPreview) => void
}

/** There once it is known what would be agreed to. */
function ConfirmButton({ preview: { preview, loading }, changing, onConfirm }: ConfirmButtonProps) {
  if (!preview || (loading && !changing)) return null
  return (
    <Button variant="primary" loading={changing} onClick={() => onConfirm(preview)}>
      {confirmWords(preview)}
    </Button>
  )
}

function confirmWords({ change, totals }: PricedPreview): string {
  if (change.takesEffect === 'AT_PERIOD_END') return `Change to ${change.to.name} later`
  return totals.dueCents > 0n
    ? `Change to ${change.to.name} for ${dollars(totals.dueCents)}`
    : `Change to ${change.to.name}`
}

function doneWords({ to, takesEffect }: PricedPreview['change']): string {
  return takesEffect === 'NOW'
    ? `You are on the ${to.name} plan`
    : `The ${to.name} plan follows when the period ends`
}
