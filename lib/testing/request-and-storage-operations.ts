import { PLANS } from '@/lib/plans/plan'
import type { Operation } from '@/lib/testing/operation'
import { quietMeter } from '@/lib/testing/usage-meter'
import { readAgentEnvironments } from '@/lib/usage/agent-environments'
import { ingestStorage } from '@/lib/usage/ingest-storage'
import { readRequestAllowance, readStorageAllowance } from '@/lib/usage/request-plan-use'
import { readRequests } from '@/lib/usage/requests'
import { readStorage } from '@/lib/usage/storage'
import { readTokenRequests } from '@/lib/usage/token-requests'

const meter = quietMeter()
const week = { from: 0, to: 7 * 86_400_000 }
const plan = { plan: PLANS.TEAM, anchorDay: 1, period: week }

/** What was asked of the API, and what knowledge bases hold. */
export const REQUEST_AND_STORAGE_OPERATIONS: Record<string, Operation> = {
  readTokenRequests: {
    on: 'organization',
    isRead: true,
    run: (ctx) => readTokenRequests(ctx, week),
  },
  readRequests: {
    on: 'organization',
    isRead: true,
    run: (ctx) => readRequests(ctx, { ...week, interval: 'DAY' }),
  },
  readAgentEnvironments: {
    on: 'organization',
    isRead: true,
    run: (ctx) =>
      readAgentEnvironments(
        ctx,
        { agent: 'support', revision: null, ...week, interval: 'DAY', origin: null },
        ['never-reported'],
      ),
  },
  readRequestAllowance: {
    on: 'organization',
    isRead: true,
    run: (ctx) => readRequestAllowance(ctx, plan),
  },
  readStorageAllowance: {
    on: 'organization',
    isRead: true,
    run: (ctx) => readStorageAllowance(ctx, plan),
  },
  ingestStorage: { on: 'organization', isRead: true, run: (ctx) => ingestStorage(ctx, meter, []) },
  readStorage: { on: 'organization', isRead: true, run: (ctx) => readStorage(ctx, week) },
}
