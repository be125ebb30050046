import { identifyTokens } from '@/lib/leaks/identify'
import { getLeakPolicy, setLeakPolicy } from '@/lib/leaks/policy'
import { listLeakReports } from '@/lib/leaks/queries'
import type { Operation } from '@/lib/testing/operation'

/** Of tokens that were reported as leaked. */
export const LEAK_OPERATIONS: Record<string, Operation> = {
  listLeakReports: { on: 'organization', run: (ctx) => listLeakReports(ctx, {}) },
  identifyTokens: {
    on: 'token',
    isRead: true,
    run: (ctx, { secret }) => identifyTokens(ctx, { text: secret }),
  },
  getLeakPolicy: { on: 'organization', run: getLeakPolicy },
  setLeakPolicy: {
    on: 'organization',
    run: (ctx) => setLeakPolicy(ctx, { onLeak: 'REVOKE' }),
  },
}
