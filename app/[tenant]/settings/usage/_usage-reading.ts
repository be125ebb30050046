import { type DashboardContext, dashboardContext } from '@/app/_session/dashboard-context'
import { parseUsageView, type SearchParams, type UsageView } from '@/components/usage/usage-view'
import type { AgentNames } from '@/components/usage/usage-words'
import { agentNames } from '@/lib/agents/queries'
import { type CurrentPlan, currentPlan } from '@/lib/plans/queries'
import { type Comparison, comparisonOf, type TimeRange } from '@/lib/usage/comparison'
import { periodOf, spansOf } from '@/lib/usage/period'
import type { Span } from '@/lib/usage/series'

/** What every tab of the section begins with: who asks, for which days, of what. */
export interface UsageReading {
  ctx: DashboardContext
  view: UsageView
  plan: CurrentPlan
  agents: AgentNames
  range: TimeRange
  /** Null where no whole day of the period has passed. */
  comparison: Comparison | null
  span: Span
  /** Those that the range can be shown by. */
  spans: Span[]
}

export async function usageReading(
  tenant: string,
  searchParams: SearchParams,
): Promise<UsageReading> {
  const ctx = await dashboardContext(tenant)
  const view = parseUsageView(searchParams)
  const [plan, agents] = await Promise.all([currentPlan(ctx), agentNames(ctx)])
  const { range, before } = periodOf(view.period, ctx.now, plan.anchorDay)
  const spans = spansOf(range, ctx.now)
  const wanted = spans.find((span) => span === view.span)
  return {
    ctx,
    view,
    plan,
    agents,
    range,
    comparison: comparisonOf(range, before, ctx.now),
    span: wanted ?? spans[0] ?? 'DAY',
    spans,
  }
}
