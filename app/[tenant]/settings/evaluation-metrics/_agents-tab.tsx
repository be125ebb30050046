import { dashboardContext } from '@/app/_session/dashboard-context'
import type { TabProps } from '@/app/[tenant]/settings/evaluation-metrics/_metrics-tab'
import { AgentsPanel } from '@/app/[tenant]/settings/evaluation-metrics/_tab-code'
import { can } from '@/lib/access/principal'
import { agentNames } from '@/lib/agents/queries'
import { listAgentMetrics } from '@/lib/evaluation-metrics/agent-metrics'
import { listAllMetrics } from '@/lib/evaluation-metrics/queries'

/** What each agent is scored by. */
export async function AgentsTab({ tenant }: TabProps) {
  const ctx = await dashboardContext(tenant)
  const [metrics, sets, names] = await Promise.all([
    listAllMetrics(ctx),
    listAgentMetrics(ctx),
    agentNames(ctx),
  ])
  return (
    <AgentsPanel
      setting={{ tenant, mayWrite: can(ctx.principal, 'agents:write'), now: ctx.now }}
      metrics={metrics}
      sets={sets}
      names={names}
    />
  )
}
