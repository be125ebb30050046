import { activityEventToWire, activityPageSchema } from '@/app/v1/_api/activity-event-resource'
import { activityFilters } from '@/app/v1/_api/activity-filters'
import {
  serviceAccountAuditEventSchema,
  serviceAccountAuditEventToWire,
} from '@/app/v1/_api/audit-event-resource'
import { operation, TENANT_PREFIX } from '@/app/v1/_api/operation'
import { ACTIVITY_PARAMETERS, PAGING_PARAMETERS } from '@/app/v1/_api/paging-parameters'
import { pageRequest } from '@/app/v1/_api/query'
import { json } from '@/app/v1/_api/reply'
import { pageOf } from '@/app/v1/_api/wire-schema'
import {
  listServiceAccountActivity,
  listServiceAccountAuditEvents,
} from '@/lib/service-accounts/queries'

const TAG = 'Service account history'
const ITEM = `${TENANT_PREFIX}/serviceAccounts/{serviceAccount}`

export const SERVICE_ACCOUNT_HISTORY_OPERATIONS = [
  operation({
    id: 'listServiceAccountAuditEvents',
    tag: TAG,
    method: 'get',
    path: `${ITEM}/auditEvents`,
    summary: 'Lifecycle audit history of the account',
    scope: 'keys:read',
    query: PAGING_PARAMETERS,
    success: {
      status: 200,
      description: 'One page of events, newest first.',
      schema: pageOf(serviceAccountAuditEventSchema, 'ServiceAccountAuditEventPage'),
    },
    run: async (call) => {
      const page = await listServiceAccountAuditEvents(call.ctx, {
        serviceAccountId: call.id('serviceAccount'),
        ...pageRequest(call.query),
      })
      return json({ ...page, items: page.items.map(serviceAccountAuditEventToWire) })
    },
  }),
  operation({
    id: 'listServiceAccountActivity',
    tag: TAG,
    method: 'get',
    path: `${ITEM}/activity`,
    summary: 'Request activity of all its tokens',
    scope: 'keys:read',
    query: ACTIVITY_PARAMETERS,
    success: { status: 200, description: 'One page of calls.', schema: activityPageSchema },
    run: async (call) => {
      const page = await listServiceAccountActivity(call.ctx, {
        serviceAccountId: call.id('serviceAccount'),
        ...activityFilters(call.query),
        ...pageRequest(call.query),
      })
      const { id } = call.ctx.organization
      return json({ ...page, items: page.items.map((event) => activityEventToWire(event, id)) })
    },
  }),
]
