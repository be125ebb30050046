import { MONTHS } from '@/lib/local-date'
import { type KindDefinition, type Place, pagePath } from '@/lib/notifications/kind'

interface SpentBudget {
  subjectKind: 'ORGANIZATION' | 'AGENT' | 'TOKEN'
  subjectLabel: string
  origin: 'PRODUCTION' | 'TEST'
  /** Percent; the highest that was reached. */
  threshold: number
  /** Percent. */
  usagePercent: number
  /** US dollars. */
  cost: number
  amount: number
  /** Whether runtimes that ask are told to stop at 100%. */
  enforce: boolean
  /** Epoch ms of the first moment of the month, in UTC. */
  periodStart: number
}

export interface BudgetFacts {
  'budget-threshold': SpentBudget
  'budget-exhausted': SpentBudget
}

const BUDGET = { group: 'Usage and budgets', inApp: true, email: 'INSTANT', locked: null } as const

export const BUDGET_KINDS: { [Kind in keyof BudgetFacts]: KindDefinition<BudgetFacts[Kind]> } = {
  'budget-threshold': {
    ...BUDGET,
    label: 'Budget reaches a threshold',
    description:
      'Once a month for each threshold. For admins and finance, for the owner of a token, and for collaborators of an agent who want its alerts.',
    words: (facts, place) => ({
      title: `${nameOf(facts)} has used ${Math.floor(facts.usagePercent)}% of ${budgetOf(facts)}`,
      body: `${spent(facts)}, which passes the threshold of ${facts.threshold}%. ${
        facts.enforce
          ? 'At 100%, runtimes that ask before a run are told to stop.'
          : 'This budget only tells: nothing is stopped.'
      }`,
      action: openBudgets(place),
    }),
  },
  'budget-exhausted': {
    ...BUDGET,
    label: 'Budget is spent',
    description:
      'Once a month when all of a budget is spent, and at thresholds beyond. For admins and finance, for the owner of a token, and for collaborators of an agent who want its alerts.',
    words: (facts, place) => ({
      title: `${nameOf(facts)} has spent ${budgetOf(facts)}`,
      body: `${spent(facts)}, which is ${Math.round(facts.usagePercent)}%. ${
        facts.enforce
          ? 'Until the month ends or the budget is raised, runtimes that ask before a run are told to stop.'
          : 'This budget only tells: nothing is stopped.'
      }`,
      action: openBudgets(place),
    }),
  },
}

function openBudgets(place: Place) {
  return { label: 'Open the budgets', path: pagePath(place, 'settings/usage?tab=budgets') }
}

function nameOf({ subjectKind, subjectLabel }: SpentBudget): string {
  if (subjectKind === 'ORGANIZATION') return subjectLabel
  return `${subjectKind === 'AGENT' ? 'The agent' : 'The token'} ${subjectLabel}`
}

function budgetOf({ origin }: SpentBudget): string {
  return origin === 'TEST' ? 'its monthly budget for tests' : 'its monthly budget'
}

function spent({ cost, amount, periodStart }: SpentBudget): string {
  const date = new Date(periodStart)
  const month = `${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`
  return `${dollars(cost)} of ${dollars(amount)} was spent in ${month} (UTC)`
}

/** "$1,234.50". Cents only, and never more than was spent. */
function dollars(amount: number): string {
  const cents = Math.floor(amount * 100 + 1e-6)
  const whole = String(Math.floor(cents / 100)).replaceAll(/\B(?=(\d{3})+$)/g, ',')
  return `$${whole}.${String(cents % 100).padStart(2, '0')}`
}
