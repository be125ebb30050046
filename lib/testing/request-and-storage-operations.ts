import type { Operation } from '@/lib/testing/operation'
import { readRequests } from '@/lib/usage/requests'

const week = { from: 0, to: 7 * 86_400_000 }

/** What was asked of the API, and what knowledge bases hold. */
export const REQUEST_AND_STORAGE_OPERATIONS: Record<string, Operation> = {
  readRequests: {
    on: 'organization',
    isRead: true,
    run: (ctx) => readRequests(ctx, { ...week, interval: 'DAY' }),
  },
}
