import { PriceBooks } from '@/lib/model-pricing/price-books'
import type { Operation } from '@/lib/testing/operation'
import { agentUsage } from '@/lib/usage/agent-cost'
import { readAgentSeries } from '@/lib/usage/agent-series'
import { ingestUsage } from '@/lib/usage/ingest'
import { ingestSpans } from '@/lib/usage/ingest-spans'
import { readUsage } from '@/lib/usage/queries'

const prices = new PriceBooks({ providers: [] })
const week = { from: 0, to: 7 * 86_400_000 }
const agent = { agent: 'support', revision: null }

/** What model calls used and cost. */
export const USAGE_OPERATIONS: Record<string, Operation> = {
  ingestUsage: { on: 'organization', isRead: true, run: (ctx) => ingestUsage(ctx, prices, []) },
  ingestSpans: { on: 'organization', isRead: true, run: (ctx) => ingestSpans(ctx, prices, []) },
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
  agentUsage: { on: 'organization', isRead: true, run: (ctx) => agentUsage(ctx, agent) },
}
