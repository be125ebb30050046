import { dashboardContext } from '@/app/_session/dashboard-context'
import type { TabProps } from '@/app/[tenant]/settings/evaluation-metrics/_metrics-tab'
import { DatasetsPanel } from '@/app/[tenant]/settings/evaluation-metrics/_tab-code'
import { can } from '@/lib/access/principal'
import { listDatasets } from '@/lib/datasets/queries'

/** What revisions of agents are compared on. */
export async function DatasetsTab({ tenant }: TabProps) {
  const ctx = await dashboardContext(tenant)
  const mayWrite = can(ctx.principal, 'datasets:write')
  return (
    <DatasetsPanel
      setting={{ tenant, mayWrite, now: ctx.now }}
      datasets={await listDatasets(ctx)}
    />
  )
}
