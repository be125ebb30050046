'use client'

import dynamic from 'next/dynamic'

/** In a file of its own for the browser: the other tabs do not load its code. */
export const BudgetsPanel = dynamic(() =>
  import('@/components/budgets/budgets-panel').then((module) => module.BudgetsPanel),
)
