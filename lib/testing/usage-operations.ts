import { currentPlan } from '@/lib/plans/queries'
import type { Operation } from '@/lib/testing/operation'
import { quietMeter } from '@/lib/testing/usage-meter'
import { agentUsage } from '@/lib/usage/agent-cost'
import { readAgentSeries } from '@/lib/usage/agent-series'
import { ingestUsage } from '@/lib/usage/ingest'
import { ingestSpans } from '@/lib/usage/ingest-spans'
import { readUsage } from '@/lib/usage/queries'

const meter = quietMeter()
const week = { from: 0, to: 7 * 86_400_000 }
const agent = { agent: 'support', revision: null }

/** What model calls used and cost. */
export const USAGE_OPERATIONS: Record<string, Operation> = {
  ingestUsage: { on: 'organization', isRead: true, run: (ctx) => ingestUsage(ctx, meter, []) },
  ingestSpans: { on: 'organization', isRead: true, run: (ctx) => ingestSpans(ctx, meter, []) },
  readUsage: {
    on: 'organization',
    isRead: true,
    run: (ctx) => readUsage(ctx, { ...week, interval: 'DAY', origin: null, groupBy: [], only: {} }),
  },
  readAgentSeries: {
    on: 'organization',
    isRead: true,
    run: (ctx) => readAgentSeries(ctx, { ...agent, ...week, interval: 'DAY', origin: null }),
  },
  currentPlan: { on: 'organization', isRead: true, run: (ctx) => currentPlan(ctx) },
  agentUsage: { on: 'organization', isRead: true, run: (ctx) => agentUsage(ctx, agent) },
}
