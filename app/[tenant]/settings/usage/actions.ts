'use server'

import { z } from 'zod'
import { action } from '@/app/_session/action-result'
import { eventKindOf, parseUsageView } from '@/components/usage/usage-view'
import { currentPlan } from '@/lib/plans/queries'
import { listUsageEvents } from '@/lib/usage/events'
import { periodOf } from '@/lib/usage/period'
import { verifyUsage } from '@/lib/usage/verification'

const PAGE_TOKEN_MAX = 4096
const QUERY_MAX = 8192

/** Counts the events again and compares them with the charts' sums. */
export const verifyUsageNow = action(z.strictObject({}), (ctx) => verifyUsage(ctx))

/** The next page of events under the filters of `query`, which is the page's own query string. */
export const loadUsageEvents = action(
  z.strictObject({
    query: z.string().max(QUERY_MAX),
    pageToken: z.string().max(PAGE_TOKEN_MAX),
  }),
  async (ctx, { query, pageToken }) => {
    const params = new URLSearchParams(query)
    const view = parseUsageView(
      Object.fromEntries([...new Set(params.keys())].map((key) => [key, params.getAll(key)])),
    )
    const { anchorDay } = await currentPlan(ctx)
    const { range } = periodOf(view.period, ctx.now, anchorDay)
    const filter = { origin: view.origin, only: view.only, kind: eventKindOf(view) }
    return listUsageEvents(ctx, { ...range, ...filter, pageToken })
  },
)
