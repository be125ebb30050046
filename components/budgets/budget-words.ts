import { amountText } from '@/components/charts/amount'
import { parseUsageView, usageQueryString } from '@/components/usage/usage-view'
import type { AgentNames } from '@/components/usage/usage-words'
import type { Budget } from '@/lib/budgets/model'
import type { BudgetOverview, BudgetToken } from '@/lib/budgets/overview'
import { ORIGINS } from '@/lib/usage/origin'

/** Budgets in plain words, who they are called after, and where what they count is. */

const DAY_MS = 86_400_000

export const ORIGIN_LABELS = { PRODUCTION: 'Production', TEST: 'Test' } as const

/** What happens at 100%. */
export function enforcementWords(enforce: boolean): string {
  return enforce ? 'Runs are told to stop' : 'Only tells'
}

export function spentWords({ currentMonthlyCost, amount }: Budget): string {
  return `${amountText('usd', currentMonthlyCost)} of ${amountText('usd', amount)}`
}

/** "82%"; what is not spent yet is never 100%, and beyond that it is rounded. */
export function percentWords(percent: number): string {
  return `${percent < 100 ? Math.floor(percent) : Math.round(percent)}%`
}

/** What the page knows of the names of budgets. */
export interface BudgetNames {
  organizationName: string
  tokens: readonly BudgetToken[]
  agents: AgentNames
}

export function tokenOf({ kind, subject }: Budget, { tokens }: Pick<BudgetNames, 'tokens'>) {
  return kind === 'TOKEN' ? tokens.find(({ familyId }) => familyId === subject) : undefined
}

/** What a row is called, and the smaller line that says which or whose it is. */
export function subjectWords(budget: Budget, names: BudgetNames): { name: string; detail: string } {
  const token = tokenOf(budget, names)
  if (token) return { name: token.name, detail: token.ownerLabel }
  const agent = budget.kind === 'AGENT' ? names.agents.get(budget.subject) : undefined
  if (agent === undefined || agent === budget.subject) return { name: budget.subject, detail: '' }
  return { name: agent, detail: budget.subject }
}

/** "agent Support": within a sentence. */
export function budgetName(budget: Budget, names: BudgetNames): string {
  const test = budget.origin === 'TEST' ? ' (test)' : ''
  if (budget.kind === 'ORGANIZATION') return `${names.organizationName}${test}`
  const { name } = subjectWords(budget, names)
  return `${budget.kind === 'AGENT' ? 'agent' : 'token'} ${name}${test}`
}

/** Where what was spent of it is: its events in the month, or its row among the tokens. */
export function spendingHref({ kind, subject, origin, period }: Budget): string {
  const month = { name: null, firstDay: period.start, lastDay: period.end - DAY_MS }
  const view = { ...parseUsageView({}), origin, period: month }
  if (kind === 'TOKEN') return `?${usageQueryString(view, { tab: 'tokens' })}`
  const agent = kind === 'AGENT' ? [subject] : []
  return `?${usageQueryString({ ...view, only: { ...view.only, agent } }, { tab: 'events' })}`
}

/** As the actions want it. */
export function subjectOf(budget: Budget, names: Pick<BudgetNames, 'tokens'>) {
  if (budget.kind === 'ORGANIZATION') return { kind: budget.kind } as const
  if (budget.kind === 'AGENT') return { kind: budget.kind, agent: budget.subject } as const
  return { kind: budget.kind, tokenId: tokenOf(budget, names)?.tokenId ?? '' } as const
}

/** Those of one kind: most used first, as what needs looking at; of the organization's two, production first. */
export function budgetsOf({ budgets }: BudgetOverview, kind: Budget['kind']): Budget[] {
  return budgets
    .filter((budget) => budget.kind === kind)
    .sort((one, other) =>
      kind === 'ORGANIZATION'
        ? ORIGINS.indexOf(one.origin) - ORIGINS.indexOf(other.origin)
        : other.usagePercent - one.usagePercent,
    )
}
