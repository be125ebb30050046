import { dashboardContext } from '@/app/_session/dashboard-context'
import { MetricsPanel } from '@/app/[tenant]/settings/evaluation-metrics/_tab-code'
import { METRIC_FILTERS } from '@/components/evaluation-metrics/metric-words'
import { readListFilters } from '@/components/settings/list-filters'
import { can, seesOrganizationInventory } from '@/lib/access/principal'
import { listAllMetrics } from '@/lib/evaluation-metrics/queries'

export type TabProps = {
  tenant: string
  searchParams: Record<string, string | string[] | undefined>
}

/** The library: built-in metrics and the organization's own. */
export async function MetricsTab({ tenant, searchParams }: TabProps) {
  const ctx = await dashboardContext(tenant)
  return (
    <MetricsPanel
      setting={{
        tenant,
        mayWrite: can(ctx.principal, 'datasets:write') && seesOrganizationInventory(ctx.principal),
        now: ctx.now,
      }}
      metrics={await listAllMetrics(ctx)}
      initialFilters={readListFilters(searchParams, METRIC_FILTERS)}
    />
  )
}
