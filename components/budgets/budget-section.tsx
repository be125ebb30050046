'use client'

import { Plus, Wallet } from 'lucide-react'
import { SectionCard } from '@/components/settings/section-card'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { preloadOnIntent } from '@/components/ui/preload'
import type { Budget, BudgetSubjectKind } from '@/lib/budgets/model'
import type { BudgetOverview } from '@/lib/budgets/overview'
import { ORIGINS, type Origin } from '@/lib/usage/origin'
import { BudgetTable } from './budget-table'
import { type BudgetNames, budgetsOf, ORIGIN_LABELS } from './budget-words'
import { OrganizationBudgets } from './organization-budgets'

export type BudgetActs = {
  /** With the origin where only that one is missing. */
  onAdd: (kind: BudgetSubjectKind, origin?: Origin) => void
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
    table: 'Budgets of the organization',
    add: 'Set budget',
    invitation: 'Set a budget for the organization',
    purpose:
      'People are told when a part of it is spent. If you want, runtimes that ask before a run are told to stop once all of it is.',
    absence: 'The organization has no budget',
  },
  AGENT: {
    title: 'Agent budgets',
    description: 'For one agent each. A budget can be there before the agent first runs.',
    heading: 'Agent',
    table: 'Budgets of agents',
    add: 'Add agent budget',
    invitation: 'Give an agent a budget',
    purpose: 'So that one agent cannot spend what is meant for all.',
    absence: 'No agent has a budget',
  },
  TOKEN: {
    title: 'Token budgets',
    description: 'For what one token reports, through all its rotations.',
    heading: 'Token',
    table: 'Budgets of tokens',
    add: 'Add token budget',
    invitation: 'Give a token a budget',
    purpose: 'So that a program that runs wild is noticed the same day.',
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
  const { title, description, heading, table } = SECTIONS[kind]
  const budgets = budgetsOf(overview, kind)
  const isTable = kind !== 'ORGANIZATION' && budgets.length > 0
  // One for production and one for tests: there is no third.
  const missing =
    kind === 'ORGANIZATION'
      ? ORIGINS.filter((origin) => !budgets.some((budget) => budget.origin === origin))
      : ORIGINS
  return (
    <SectionCard
      title={title}
      description={description}
      actions={
        budgets.length > 0 && missing.length > 0 ? (
          <AddButton
            kind={kind}
            acts={acts}
            origin={missing.length === 1 ? missing[0] : undefined}
          />
        ) : null
      }
      flush={isTable}
    >
      {budgets.length === 0 ? (
        <NoBudget kind={kind} acts={acts} />
      ) : isTable ? (
        <BudgetTable heading={heading} label={table} budgets={budgets} names={names} acts={acts} />
      ) : (
        <OrganizationBudgets budgets={budgets} names={names} acts={acts} />
      )}
    </SectionCard>
  )
}

type AddProps = Pick<BudgetSectionProps, 'kind' | 'acts'> & {
  /** The only one that a budget can still be set for. */
  origin?: Origin | undefined
}

function AddButton({ kind, acts, origin }: AddProps) {
  if (!acts) return null
  return (
    <Button onClick={() => acts.onAdd(kind, origin)} {...preloadOnIntent(acts.preload)}>
      <Plus aria-hidden />
      {origin ? `Set ${ORIGIN_LABELS[origin].toLowerCase()} budget` : SECTIONS[kind].add}
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
      description={acts ? SECTIONS[kind].purpose : 'An admin can set one.'}
      actions={<AddButton kind={kind} acts={acts} />}
    />
  )
}
