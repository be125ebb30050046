import { z } from '@hono/zod-openapi'
import { auditEventSchema, auditEventToWire } from '@/app/v1/_api/audit-event-resource'
import { type Call, operation, type QueryParameter, TENANT_PREFIX } from '@/app/v1/_api/operation'
import { PAGING_PARAMETERS } from '@/app/v1/_api/paging-parameters'
import {
  choice,
  freeText,
  list,
  momentRange,
  pageRequest,
  type Query,
  refusedParameter,
  uuid,
} from '@/app/v1/_api/query'
import { json, type Reply } from '@/app/v1/_api/reply'
import { streamOf } from '@/app/v1/_api/text-stream'
import { epochMs, pageOf } from '@/app/v1/_api/wire-schema'
import { AUDIT_EVENT_TYPES, type AuditEventType } from '@/lib/audit/events'
import { exportAuditEvents } from '@/lib/audit/export'
import { listAuditEvents } from '@/lib/audit/queries'

const TAG = 'Audit log'
const FORMATS = ['csv', 'ndjson'] as const
const CONTENT_TYPES = { csv: 'text/csv; charset=utf-8', ndjson: 'application/x-ndjson' } as const

const FILTER_PARAMETERS: readonly QueryParameter[] = [
  {
    name: 'eventType',
    description: `Comma-separated: ${AUDIT_EVENT_TYPES.join(', ')}.`,
    schema: z.string(),
  },
  { name: 'actorId', description: 'Only what this person or account did.', schema: z.uuid() },
  { name: 'targetId', description: 'Only what was done to this.', schema: z.uuid() },
  { name: 'search', description: 'Part of the actor or target name.', schema: z.string().max(200) },
  { name: 'from', description: 'From this moment on (inclusive).', schema: epochMs },
  { name: 'to', description: 'Before this moment (exclusive).', schema: epochMs },
]

function eventTypes(query: Query): AuditEventType[] | undefined {
  const wanted = list(query, 'eventType')?.map((name) => name.toUpperCase())
  const known: readonly string[] = AUDIT_EVENT_TYPES
  if (wanted && !wanted.every((name) => known.includes(name))) {
    const detail = `Known event types: ${AUDIT_EVENT_TYPES.join(', ')}.`
    throw refusedParameter('eventType', detail)
  }
  return wanted as AuditEventType[] | undefined
}

function filters(query: Query) {
  const types = eventTypes(query)
  const actorId = uuid(query, 'actorId')
  const targetId = uuid(query, 'targetId')
  const search = freeText(query, 'search')
  const { from, to } = momentRange(query)
  return {
    ...(types && { eventTypes: types }),
    ...(actorId !== undefined && { actorId }),
    ...(targetId !== undefined && { targetId }),
    ...(search !== undefined && { search }),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
  }
}

async function exported(call: Call): Promise<Reply> {
  const format = choice(call.query, 'format', FORMATS) ?? 'csv'
  const chunks = await exportAuditEvents(call.ctx, { format, ...filters(call.query) })
  const { slug } = call.ctx.organization
  const day = new Date(call.ctx.now).toISOString().slice(0, 10)
  return {
    status: 200,
    body: await streamOf(chunks),
    headers: {
      'Content-Type': CONTENT_TYPES[format],
      'Content-Disposition': `attachment; filename="audit-${slug}-${day}.${format}"`,
    },
  }
}

export const AUDIT_OPERATIONS = [
  operation({
    id: 'listAuditEvents',
    tag: TAG,
    method: 'get',
    path: `${TENANT_PREFIX}/auditEvents`,
    summary: 'Audit log of the organization',
    description: 'Newest first. Needs a token of an admin or a service account.',
    scope: 'organization:read',
    query: [...FILTER_PARAMETERS, ...PAGING_PARAMETERS],
    success: {
      status: 200,
      description: 'One page of events.',
      schema: pageOf(auditEventSchema, 'AuditEventPage'),
    },
    run: async (call) => {
      const page = await listAuditEvents(call.ctx, {
        ...filters(call.query),
        ...pageRequest(call.query),
      })
      return json({ ...page, items: page.items.map(auditEventToWire) })
    },
  }),
  operation({
    id: 'exportAuditEvents',
    tag: TAG,
    method: 'get',
    path: `${TENANT_PREFIX}/auditEvents:export`,
    summary: 'Download the audit log',
    description: 'Streamed, so of any size. The export itself is audited.',
    scope: 'organization:read',
    query: [
      { name: 'format', description: 'csv or ndjson.', schema: z.enum(FORMATS).default('csv') },
      ...FILTER_PARAMETERS,
    ],
    success: {
      status: 200,
      description: 'The file.',
      contentTypes: Object.values(CONTENT_TYPES),
    },
    run: exported,
  }),
]
