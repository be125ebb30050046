'use client'

import { useState } from 'react'
import { lazyOverlay } from '@/components/ui/lazy-overlay'
import type { SubscriptionView } from '@/lib/subscriptions/queries'

export type PlanAct = 'change' | 'trial' | 'cancel' | 'resume' | 'withdraw'

export interface PlanActs {
  open: (act: PlanAct) => void
  /** Fetches the code of the dialogs. */
  preload: () => Promise<unknown>
}

export type SubscriptionDialogProps = {
  tenant: string
  subscription: SubscriptionView
  onClose: () => void
}

const close = ({ onClose }: SubscriptionDialogProps) => onClose()

const ChangePlanDialog = lazyOverlay(
  () => import('./change-plan-dialog').then((module) => module.ChangePlanDialog),
  { close },
)
const StartTrialDialog = lazyOverlay(
  () => import('./start-trial-dialog').then((module) => module.StartTrialDialog),
  { close },
)
const EndingDialog = lazyOverlay(
  () => import('./ending-dialog').then((module) => module.EndingDialog),
  { close },
)

const preload = () =>
  Promise.all([ChangePlanDialog.preload(), StartTrialDialog.preload(), EndingDialog.preload()])

/** Which dialog is open, and how to open one. */
export function usePlanActs() {
  const [opened, setOpened] = useState<PlanAct | null>(null)
  const acts: PlanActs = { open: setOpened, preload }
  return { opened, acts, close: () => setOpened(null) }
}

export type SubscriptionOverlaysProps = SubscriptionDialogProps & {
  trialDays: number
  opened: PlanAct | null
}

export function SubscriptionOverlays({ opened, trialDays, ...shared }: SubscriptionOverlaysProps) {
  if (opened === null) return null
  if (opened === 'change') return <ChangePlanDialog {...shared} />
  if (opened === 'trial') return <StartTrialDialog {...shared} trialDays={trialDays} />
  return <EndingDialog {...shared} act={opened} />
}
