import { readProjection } from '@/lib/projection/projection-query'
import type { Operation } from '@/lib/testing/operation'

const week = { from: 0, to: 7 * 86_400_000 }

/** What the organization is expected to pay. */
export const PROJECTION_OPERATIONS: Record<string, Operation> = {
  readProjection: { on: 'organization', isRead: true, run: (ctx) => readProjection(ctx, week) },
}
