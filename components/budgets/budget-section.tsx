'use client'

import { Plus, Wallet } from 'lucide-react'
import { SectionCard } from '@/components/settings/section-card'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { preloadOnIntent } from '@/components/ui/preload'
import type { Budget, BudgetSubjectKind } from '@/lib/budgets/model'
import type { BudgetOverview } from '@/lib/budgets/overview'
import { BudgetTable } from './budget-table'
import { type BudgetNames, budgetsOf } from './budget-words'
import { OrganizationBudgets } from './organization-budgets'

export type BudgetActs = {
  onAdd: (kind: BudgetSubjectKind) => void
  onEdit: (budget: Budget) => void
  onRemove: (budget: Budget) => void
  /** Fetches the code of the form. */
  preload: () => Promise<void>
}

const SECTIONS = {
  ORGANIZATION: {
    title: 'Organization budget',
    description:
      'What all model calls together may cost in a calendar month (UTC). Production and tests have a budget each.',
    heading: 'Organization',
    add: 'Set budget',
    invitation: 'Set a budget for the organization',
    absence: 'The organization has no budget',
  },
  AGENT: {
    title: 'Agent budgets',
    description: 'For one agent each. A budget can be there before the agent first runs.',
    heading: 'Agent',
    add: 'Add agent budget',
    invitation: 'Give an agent a budget',
    absence: 'No agent has a budget',
  },
  TOKEN: {
    title: 'Token budgets',
    description: 'For what one token reports, through all its rotations.',
    heading: 'Token',
    add: 'Add token budget',
    invitation: 'Give a token a budget',
    absence: 'No token that you can see has a budget',
  },
} as const

export type BudgetSectionProps = {
  kind: BudgetSubjectKind
  overview: BudgetOverview
  names: BudgetNames
  /** Null for those who only read. */
  acts: BudgetActs | null
}

/** The budgets of one kind, or what to do where there is none. */
export function BudgetSection({ kind, overview, names, acts }: BudgetSectionProps) {
  const { title, description, heading } = SECTIONS[kind]
  const budgets = budgetsOf(overview, kind)
  const isTable = kind !== 'ORGANIZATION' && budgets.length > 0
  // One for production and one for tests: there is no third.
  const mayAdd = kind !== 'ORGANIZATION' || budgets.length < 2
  return (
    <SectionCard
      title={title}
      description={description}
      actions={budgets.length > 0 && mayAdd ? <AddButton kind={kind} acts={acts} /> : null}
      flush={isTable}
    >
      {budgets.length === 0 ? (
        <NoBudget kind={kind} acts={acts} />
      ) : isTable ? (
        <BudgetTable heading={heading} label={title} budgets={budgets} names={names} acts={acts} />
      ) : (
        <OrganizationBudgets budgets={budgets} names={names} acts={acts} />
      )}
    </SectionCard>
  )
}

type AddProps = Pick<BudgetSectionProps, 'kind' | 'acts'>

function AddButton({ kind, acts }: AddProps) {
  if (!acts) return null
  return (
    <Button onClick={() => acts.onAdd(kind)} {...preloadOnIntent(acts.preload)}>
      <Plus aria-hidden />
      {SECTIONS[kind].add}
    </Button>
  )
}

function NoBudget({ kind, acts }: AddProps) {
  return (
    <EmptyState
      icon={<Wallet />}
      framed={false}
      className="py-6"
      title={acts ? SECTIONS[kind].invitation : SECTIONS[kind].absence}
      description={
        acts
          ? 'People are told when a part of it is spent. If you want, runtimes that ask before a run are told to stop once all of it is.'
          : 'An admin can set one.'
      }
      actions={<AddButton kind={kind} acts={acts} />}
    />
  )
}
