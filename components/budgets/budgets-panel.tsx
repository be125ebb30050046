'use client'

import { useState } from 'react'
import { lazyOverlay } from '@/components/ui/lazy-overlay'
import type { AgentNames } from '@/components/usage/usage-words'
import type { Budget, BudgetSubjectKind } from '@/lib/budgets/model'
import type { BudgetOverview } from '@/lib/budgets/overview'
import type { Origin } from '@/lib/usage/origin'
import { AlertLog } from './alert-log'
import { type BudgetActs, BudgetSection } from './budget-section'

const BudgetSheet = lazyOverlay(
  () => import('./budget-sheet').then((module) => module.BudgetSheet),
  { close: (props) => props.onClose() },
)
const RemoveBudgetDialog = lazyOverlay(
  () => import('./remove-budget-dialog').then((module) => module.RemoveBudgetDialog),
  { close: (props) => props.onClose() },
)

export type BudgetsPanelProps = {
  tenant: string
  organizationName: string
  overview: BudgetOverview
  agents: AgentNames
  mayWrite: boolean
  now: number
}

/** A budget to change or to remove; without one, a new one of the kind. */
type Opened =
  | { what: 'form'; kind: BudgetSubjectKind; budget: Budget | null; origin?: Origin | undefined }
  | { what: 'removal'; budget: Budget }

/** Budgets of the organization, its agents and tokens; who may not change them reads. */
export function BudgetsPanel(props: BudgetsPanelProps) {
  const { tenant, organizationName, overview, agents, mayWrite, now } = props
  const [opened, setOpened] = useState<Opened | null>(null)
  const names = { organizationName, tokens: overview.tokens, agents }
  const acts: BudgetActs = {
    onAdd: (kind, origin) => setOpened({ what: 'form', kind, budget: null, origin }),
    onEdit: (budget) => setOpened({ what: 'form', kind: budget.kind, budget }),
    onRemove: (budget) => setOpened({ what: 'removal', budget }),
    preload: BudgetSheet.preload,
  }
  const shared = { tenant, names, onClose: () => setOpened(null) }
  return (
    <div className="flex flex-col gap-6">
      {(['ORGANIZATION', 'AGENT', 'TOKEN'] as const).map((kind) => (
        <BudgetSection
          key={kind}
          kind={kind}
          overview={overview}
          names={names}
          acts={mayWrite ? acts : null}
        />
      ))}
      <AlertLog overview={overview} names={names} now={now} />
      {opened?.what === 'form' ? (
        <BudgetSheet
          {...shared}
          kind={opened.kind}
          budget={opened.budget}
          origin={opened.origin}
          existing={overview.budgets}
        />
      ) : null}
      {opened?.what === 'removal' ? (
        <RemoveBudgetDialog {...shared} budget={opened.budget} />
      ) : null}
    </div>
  )
}
