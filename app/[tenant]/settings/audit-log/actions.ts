'use server'

import { z } from 'zod'
import { action } from '@/app/_session/action-result'
import { auditParties } from '@/app/[tenant]/settings/audit-log/_audit-parties'
import { checkChain } from '@/app/[tenant]/settings/audit-log/_chain-check'
import { coreAuditFilters, parseAuditFilters } from '@/components/audit/audit-filters'
import { listAuditEvents } from '@/lib/audit/queries'

const PAGE_TOKEN_MAX = 4096
const QUERY_MAX = 4096

/** The next page under the filters of `query`, which is the page's own query string. */
export const loadAuditEvents = action(
  z.strictObject({ query: z.string().max(QUERY_MAX), pageToken: z.string().max(PAGE_TOKEN_MAX) }),
  (ctx, { query, pageToken }) =>
    listAuditEvents(ctx, { ...coreAuditFilters(parseAuditFilters(queryParams(query))), pageToken }),
)

/** Checks the whole chain anew. */
export const verifyChain = action(z.strictObject({}), (ctx) => checkChain(ctx))

/** Whom and what the filters can name. */
export const loadAuditParties = action(z.strictObject({}), (ctx) => auditParties(ctx))

function queryParams(query: string): Record<string, string[]> {
  const params = new URLSearchParams(query)
  return Object.fromEntries([...new Set(params.keys())].map((key) => [key, params.getAll(key)]))
}
