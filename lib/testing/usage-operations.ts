import { PLANS } from '@/lib/plans/plan'
import { currentPlan } from '@/lib/plans/queries'
import type { Operation } from '@/lib/testing/operation'
import { quietMeter } from '@/lib/testing/usage-meter'
import { agentUsage } from '@/lib/usage/agent-cost'
import { readAgentSeries } from '@/lib/usage/agent-series'
import { readContributors, readUnusualUsage } from '@/lib/usage/contributors'
import { listUsageEvents } from '@/lib/usage/events'
import { ingestUsage } from '@/lib/usage/ingest'
import { ingestSpans } from '@/lib/usage/ingest-spans'
import { readTokenAllowance } from '@/lib/usage/plan-use'
import { readUsage } from '@/lib/usage/queries'
import { readTokenUsage } from '@/lib/usage/token-usage'
import { exportUsage } from '@/lib/usage/usage-export'
import { lastVerification, verifyUsage } from '@/lib/usage/verification'

const meter = quietMeter()
const week = { from: 0, to: 7 * 86_400_000 }
const plan = { plan: PLANS.STARTER, anchorDay: 1, period: week }
const everything = { origin: null, only: {} }
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
  readContributors: {
    on: 'organization',
    isRead: true,
    run: (ctx) => readContributors(ctx, { now: week, before: week, days: 7 }, everything),
  },
  readUnusualUsage: {
    on: 'organization',
    isRead: true,
    run: (ctx) => readUnusualUsage(ctx, everything),
  },
  listUsageEvents: {
    on: 'organization',
    isRead: true,
    run: (ctx) => listUsageEvents(ctx, { ...week, ...everything }),
  },
  readTokenUsage: {
    on: 'organization',
    isRead: true,
    run: (ctx) => readTokenUsage(ctx, { ...week, origin: null }),
  },
  exportUsage: {
    on: 'organization',
    isRead: true,
    run: (ctx) => exportUsage(ctx, { ...week, ...everything, interval: 'DAY' }),
  },
  readTokenAllowance: {
    on: 'organization',
    isRead: true,
    run: (ctx) => readTokenAllowance(ctx, plan),
  },
  lastVerification: { on: 'organization', isRead: true, run: (ctx) => lastVerification(ctx) },
  verifyUsage: { on: 'organization', isRead: true, run: (ctx) => verifyUsage(ctx) },
  currentPlan: { on: 'organization', isRead: true, run: (ctx) => currentPlan(ctx) },
  agentUsage: { on: 'organization', isRead: true, run: (ctx) => agentUsage(ctx, agent) },
}
