import { dashboardContext } from '@/app/_session/dashboard-context'
import { BudgetsPanel } from '@/app/[tenant]/settings/usage/_budgets-code'
import { can } from '@/lib/access/principal'
import { readBudgetOverview } from '@/lib/budgets/overview'

export type BudgetsTabProps = {
  tenant: string
  searchParams: Record<string, string | string[] | undefined>
}

/** What may be spent in a month, and what was. */
export async function BudgetsTab({ tenant }: BudgetsTabProps) {
  const ctx = await dashboardContext(tenant)
  return (
    <BudgetsPanel
      tenant={tenant}
      organizationName={ctx.organization.name}
      overview={await readBudgetOverview(ctx)}
      mayWrite={can(ctx.principal, 'budgets:write')}
      now={ctx.now}
    />
  )
}
