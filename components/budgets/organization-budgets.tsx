'use client'

import type { ReactNode } from 'react'
import { Badge } from '@/components/ui/badge'
import { type Budget, isExhausted } from '@/lib/budgets/model'
import { BudgetBar } from './budget-bar'
import { BudgetMenu } from './budget-menu'
import type { BudgetActs } from './budget-section'
import {
  type BudgetNames,
  budgetName,
  enforcementWords,
  ORIGIN_LABELS,
  percentWords,
} from './budget-words'
import { RunOut } from './run-out'
import { SpentLink } from './spent-link'

export type OrganizationBudgetsProps = {
  budgets: readonly Budget[]
  names: BudgetNames
  acts: BudgetActs | null
}

/** One for production and one for tests, at most: large, because they hold for everything. */
export function OrganizationBudgets({ budgets, names, acts }: OrganizationBudgetsProps) {
  return (
    <ul className="flex flex-col divide-y divide-subtle">
      {budgets.map((budget) => (
        <li key={budget.id} className="flex flex-col gap-2.5 py-4 first:pt-0 last:pb-0">
          <div className="flex items-start justify-between gap-3">
            <p className="flex flex-wrap items-baseline gap-x-2 gap-y-1 text-muted text-sm tabular-nums">
              <SpentLink budget={budget} className="font-medium text-ink text-lg" />
              <span>{percentWords(budget.usagePercent)}</span>
              <Badge tone={budget.origin === 'TEST' ? 'info' : 'neutral'}>
                {ORIGIN_LABELS[budget.origin]}
              </Badge>
            </p>
            {acts ? (
              <BudgetMenu
                budget={budget}
                name={budgetName(budget, names)}
                onEdit={acts.onEdit}
                onRemove={acts.onRemove}
              />
            ) : null}
          </div>
          <BudgetBar budget={budget} label={`Budget of ${budgetName(budget, names)}`} />
          <dl className="flex flex-wrap gap-x-6 gap-y-1 text-muted text-xs">
            <Fact term={isExhausted(budget) ? null : 'Runs out'}>
              <RunOut budget={budget} />
            </Fact>
            <Fact term="At 100%">{enforcementWords(budget.enforce)}</Fact>
            <Fact term="Alerts at">
              {budget.thresholds.map((percent) => `${percent}%`).join(', ') || 'No threshold'}
            </Fact>
          </dl>
        </li>
      ))}
    </ul>
  )
}

/** Without a shown term where the detail says it all. */
function Fact({ term, children }: { term: string | null; children: ReactNode }) {
  return (
    <div className="flex gap-1.5">
      <dt className={term === null ? 'sr-only' : undefined}>{term ?? 'State'}</dt>
      <dd className="text-ink">{children}</dd>
    </div>
  )
}
