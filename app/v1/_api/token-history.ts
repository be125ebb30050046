import { z } from '@hono/zod-openapi'
import { activityEventToWire, activityPageSchema } from '@/app/v1/_api/activity-event-resource'
import { activityFilters } from '@/app/v1/_api/activity-filters'
import { tokenAuditEventSchema, tokenAuditEventToWire } from '@/app/v1/_api/audit-event-resource'
import { operation, TENANT_PREFIX } from '@/app/v1/_api/operation'
import { ACTIVITY_PARAMETERS, PAGING_PARAMETERS } from '@/app/v1/_api/paging-parameters'
import { pageRequest } from '@/app/v1/_api/query'
import { json } from '@/app/v1/_api/reply'
import { epochMs, pageOf, wireScope, wireScopes } from '@/app/v1/_api/wire-schema'
import { listTokenActivity } from '@/lib/activity/queries'
import { listTokenAuditEvents } from '@/lib/tokens/audit'
import { getToken } from '@/lib/tokens/queries'
import { scopeUsage } from '@/lib/tokens/scope-usage'

const TAG = 'Token history'

export const tokenAuditOperation = operation({
  id: 'listTokenAuditEvents',
  tag: TAG,
  method: 'get',
  path: `${TENANT_PREFIX}/tokens/{token}/auditEvents`,
  summary: 'Lifecycle audit history',
  description: 'Newest first, through all rotations of the same logical token.',
  scope: 'keys:read',
  query: PAGING_PARAMETERS,
  success: {
    status: 200,
    description: 'One page of events.',
    schema: pageOf(tokenAuditEventSchema, 'TokenAuditEventPage'),
  },
  run: async (call) => {
    const tokenId = call.id('token')
    const [page, token] = await Promise.all([
      listTokenAuditEvents(call.ctx, { tokenId, ...pageRequest(call.query) }),
      getToken(call.ctx, { tokenId }),
    ])
    const prefixes = new Map(token.family.map(({ id, displayPrefix }) => [id, displayPrefix]))
    return json({
      ...page,
      items: page.items.map((event) => tokenAuditEventToWire(event, prefixes)),
    })
  },
})

export const tokenActivityOperation = operation({
  id: 'listTokenActivity',
  tag: TAG,
  method: 'get',
  path: `${TENANT_PREFIX}/tokens/{token}/activity`,
  summary: 'Cursor-paginated request activity',
  description: 'One event for each authenticated call, newest first, through all rotations.',
  scope: 'keys:read',
  query: ACTIVITY_PARAMETERS,
  success: { status: 200, description: 'One page of calls.', schema: activityPageSchema },
  run: async (call) => {
    const page = await listTokenActivity(call.ctx, {
      tokenId: call.id('token'),
      ...activityFilters(call.query),
      ...pageRequest(call.query),
    })
    const { id } = call.ctx.organization
    return json({ ...page, items: page.items.map((event) => activityEventToWire(event, id)) })
  },
})

export const scopeUsageOperation = operation({
  id: 'getTokenScopeUsage',
  tag: TAG,
  method: 'get',
  path: `${TENANT_PREFIX}/tokens/{token}/scopeUsage`,
  summary: 'Which scopes are really used',
  description: 'Over the last 30 days: what to drop when narrowing the token.',
  scope: 'keys:read',
  success: {
    status: 200,
    description: 'Use by scope.',
    schema: z
      .strictObject({
        windowDays: z.number().int(),
        since: epochMs,
        calls: z.number().int(),
        used: z.array(
          z.strictObject({ scope: wireScope, calls: z.number().int(), lastUsedAt: epochMs }),
        ),
        unused: wireScopes,
      })
      .openapi('ScopeUsage'),
  },
  run: async (call) => json(await scopeUsage(call.ctx, { tokenId: call.id('token') })),
})

export const TOKEN_HISTORY_OPERATIONS = [
  tokenAuditOperation,
  tokenActivityOperation,
  scopeUsageOperation,
]
