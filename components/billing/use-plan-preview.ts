'use client'

import { useRef, useState, useTransition } from 'react'
import { previewPlan } from '@/app/[tenant]/settings/billing/actions'
import { type ActionProblem, attempt } from '@/components/settings/action-outcome'
import type { InvoiceTotals, Tax } from '@/lib/invoices/invoice-snapshot'
import type { Card } from '@/lib/payments/payment-provider'
import type { PlanId } from '@/lib/plans/plan'
import type { PlanChangePreview } from '@/lib/subscriptions/plan-change'

export interface PricedPreview {
  change: PlanChangePreview
  /** Of what is due at once, with tax and credit. */
  totals: InvoiceTotals
  tax: Tax | null
  /** What is charged for it; null where it is paid by invoice. */
  card: Pick<Card, 'brand' | 'last4'> | null
}

export interface PlanPreview {
  plan: PlanId | null
  preview: PricedPreview | null
  problem: ActionProblem | null
  loading: boolean
  /** Asks what changing to the plan would cost, as of now; asked twice, the last answer counts. */
  ask: (plan: PlanId) => void
}

export function usePlanPreview(tenant: string): PlanPreview {
  const [plan, setPlan] = useState<PlanId | null>(null)
  const [preview, setPreview] = useState<PricedPreview | null>(null)
  const [problem, setProblem] = useState<ActionProblem | null>(null)
  const [loading, startTransition] = useTransition()
  const latest = useRef(0)
  return {
    plan,
    preview,
    problem,
    loading,
    ask(wanted) {
      setPlan(wanted)
      const turn = ++latest.current
      startTransition(async () => {
        const outcome = await attempt(() => previewPlan(tenant, { plan: wanted }))
        if (turn !== latest.current) return
        startTransition(() => {
          setPreview(outcome.ok ? outcome.data : null)
          setProblem(outcome.ok ? null : outcome.problem)
        })
      })
    },
  }
}
