'use client'

import { Pencil, Trash2 } from 'lucide-react'
import { RowMenu } from '@/components/ui/row-menu'
import type { Budget } from '@/lib/budgets/model'

export type BudgetMenuProps = {
  budget: Budget
  /** "agent support". */
  name: string
  onEdit: (budget: Budget) => void
  onRemove: (budget: Budget) => void
}

export function BudgetMenu({ budget, name, onEdit, onRemove }: BudgetMenuProps) {
  return (
    <RowMenu
      name={`the budget of ${name}`}
      actions={[
        { label: 'Edit…', icon: <Pencil />, onSelect: () => onEdit(budget) },
        { label: 'Remove…', icon: <Trash2 />, tone: 'danger', onSelect: () => onRemove(budget) },
      ]}
    />
  )
}
