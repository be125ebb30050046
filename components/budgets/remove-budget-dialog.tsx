'use client'

import { useRouter } from 'next/navigation'
import { removeBudget } from '@/app/[tenant]/settings/usage/budget-actions'
import { ActDialog } from '@/components/settings/act-dialog'
import { notify } from '@/components/ui/notify'
import type { Budget } from '@/lib/budgets/model'
import { type BudgetNames, budgetName, subjectOf } from './budget-words'

export type RemoveBudgetDialogProps = {
  tenant: string
  budget: Budget
  names: BudgetNames
  onClose: () => void
}

/** Mount to open. */
export function RemoveBudgetDialog({ tenant, budget, names, onClose }: RemoveBudgetDialogProps) {
  const router = useRouter()
  const name = budgetName(budget, names)
  return (
    <ActDialog
      open
      onClose={onClose}
      act={() => removeBudget(tenant, { subject: subjectOf(budget, names), origin: budget.origin })}
      onDone={() => {
        notify.success(`Budget of ${name} removed`)
        router.refresh()
        onClose()
      }}
      title={`Remove the budget of ${name}?`}
      description={
        budget.enforce
          ? 'Runtimes that ask are no longer told to stop because of it. What was spent stays counted.'
          : 'Nobody is told of its thresholds any more. What was spent stays counted.'
      }
      confirmLabel="Remove budget"
      problemTitle="The budget was not removed"
    />
  )
}
