import { dashboardContext } from '@/app/_session/dashboard-context'
import { BudgetsPanel } from '@/app/[tenant]/settings/usage/_budgets-code'
import { can } from '@/lib/access/principal'
import { agentNames } from '@/lib/agents/queries'
import { readBudgetOverview } from '@/lib/budgets/overview'

export type BudgetsTabProps = {
  tenant: string
  searchParams: Record<string, string | string[] | undefined>
}

/** What may be spent in a month, and what was. */
export async function BudgetsTab({ tenant }: BudgetsTabProps) {
  const ctx = await dashboardContext(tenant)
  const [overview, agents] = await Promise.all([readBudgetOverview(ctx), agentNames(ctx)])
  return (
    <BudgetsPanel
      tenant={tenant}
      organizationName={ctx.organization.name}
      overview={overview}
      agents={agents}
      mayWrite={can(ctx.principal, 'budgets:write')}
      now={ctx.now}
    />
  )
}
