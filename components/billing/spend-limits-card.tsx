import { BudgetBar } from '@/components/budgets/budget-bar'
import { enforcementWords, spendingHref, spentWords } from '@/components/budgets/budget-words'
import { RunOut } from '@/components/budgets/run-out'
import { SectionCard } from '@/components/settings/section-card'
import { LinkButton } from '@/components/ui/link-button'
import { TextLink } from '@/components/ui/text-link'
import type { Budget } from '@/lib/budgets/model'

export type SpendLimitsCardProps = { tenant: string; budgets: readonly Budget[] }

/** What holds spending back: the organization's own limits, and how many others there are. */
export function SpendLimitsCard({ tenant, budgets }: SpendLimitsCardProps) {
  const own = budgets.filter(({ kind }) => kind === 'ORGANIZATION')
  const usage = `/${tenant}/settings/usage`
  const others = budgets.length - own.length
  return (
    <SectionCard
      title="Spend limits"
      description="What models may cost in a calendar month. Plans never switch anything off; a limit can."
      actions={
        <LinkButton href={`${usage}?tab=budgets`} prefetch={false}>
          {budgets.length > 0 ? 'All budgets' : 'Set a budget'}
        </LinkButton>
      }
    >
      <div className="flex flex-col gap-4 text-sm">
        {own.length === 0 ? (
          <p className="text-muted">
            The organization has no limit of its own. A budget tells people, and runtimes that ask,
            before too much is spent.
          </p>
        ) : (
          own.map((budget) => <Limit key={budget.id} usage={usage} budget={budget} />)
        )}
        {others > 0 ? (
          <p className="text-muted">
            {others === 1
              ? 'One more holds for an agent or a token.'
              : `${others} more hold for agents and tokens.`}
          </p>
        ) : null}
      </div>
    </SectionCard>
  )
}

function Limit({ usage, budget }: { usage: string; budget: Budget }) {
  const what = budget.origin === 'TEST' ? 'tests' : 'production'
  return (
    <div className="flex flex-col gap-2">
      <p className="flex flex-wrap justify-between gap-x-4 tabular-nums">
        <TextLink href={`${usage}${spendingHref(budget)}`}>{spentWords(budget)}</TextLink>
        <span className="text-muted">Of {what} this month</span>
      </p>
      <BudgetBar budget={budget} label={`Limit of ${what}`} />
      <p className="text-muted">
        Runs out: <RunOut budget={budget} /> · At 100%: {enforcementWords(budget.enforce)}
      </p>
    </div>
  )
}
