import { authorize, requireOrganizationInventory } from '@/lib/access/authorize'
import { AUDIT_EVENT_TYPES, type AuditEvent, type AuditEventType } from '@/lib/audit/events'
import type { Context } from '@/lib/context'
import { PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX, type Page, type PageRequest } from '@/lib/paging'

export interface AuditFilter {
  eventTypes?: readonly AuditEventType[] | undefined
  actorId?: string | undefined
  targetId?: string | undefined
  /** Case-insensitive part of actor, target, event type or details. */
  search?: string | undefined
  /** Epoch ms, inclusive. */
  from?: number | undefined
  /** Epoch ms, exclusive. */
  to?: number | undefined
}

interface EventRow {
  organizationId: string
  seq: string
  id: string
  atMs: string
  payload: string
  hash: string
}

/**
 * The organization's audit trail, newest first.
 * @throws DomainError forbidden | invalid at /query/pageToken
 */
export async function listAuditEvents(
  ctx: Context,
  request: AuditFilter & PageRequest,
): Promise<Page<AuditEvent>> {
  authorizeAuditReading(ctx)
  const { pageSize, pageToken, ...filter } = request
  return pageOfEvents(ctx, filterClauses(filter), { pageSize, pageToken })
}

/** Line 1 of everything organization-wide about the trail. @throws DomainError forbidden */
export function authorizeAuditReading(ctx: Context): void {
  authorize(ctx.principal, 'organization:read')
  requireOrganizationInventory(ctx.principal)
}

/** SQL conditions with their values; `$1` is always the organization. */
export interface Clauses {
  sql: string[]
  values: unknown[]
}

export function filterClauses(filter: AuditFilter): Clauses {
  const clauses: Clauses = { sql: [], values: [] }
  const add = (sql: (place: string) => string, value: unknown) => {
    clauses.values.push(value)
    clauses.sql.push(sql(`$${clauses.values.length + 1}`))
  }
  if (filter.eventTypes && filter.eventTypes.length > 0) {
    add((place) => `event_type = ANY(${place}::text[])`, filter.eventTypes)
  }
  if (filter.actorId) add((place) => `actor_id = ${place}::uuid`, filter.actorId)
  if (filter.targetId) {
    add((place) => `(target_id = ${place}::uuid OR family_id = ${place}::uuid)`, filter.targetId)
  }
  if (filter.search) add((place) => `strpos(lower(payload), lower(${place})) > 0`, filter.search)
  if (filter.from !== undefined) add((place) => `at_ms >= ${place}::bigint`, filter.from)
  if (filter.to !== undefined) add((place) => `at_ms < ${place}::bigint`, filter.to)
  return clauses
}

/**
 * One page under the given clauses; the caller has authorized. Keyset on the chain's own number, so a
 * page costs the same at any depth and nothing is skipped or doubled while events are added.
 */
export async function pageOfEvents(
  ctx: Context,
  clauses: Clauses,
  request: PageRequest,
): Promise<Page<AuditEvent>> {
  const list = ['audit', ctx.organization.id, clauses.sql, clauses.values]
  const cursor = ctx.crypto.pageTokens.open(list, request.pageToken)
  const size = Math.min(Math.max(request.pageSize || PAGE_SIZE_DEFAULT, 1), PAGE_SIZE_MAX)
  const where = ['organization_id = $1', ...clauses.sql]
  const values = [ctx.organization.id, ...clauses.values]
  const [rows, total] = await Promise.all([
    ctx.db.pool.query<EventRow>(
      `SELECT organization_id AS "organizationId", seq, id, at_ms AS "atMs", payload,
              encode(hash, 'hex') AS hash
       FROM audit.event WHERE ${where.join(' AND ')} ${cursor ? `AND seq < $${values.length + 1}` : ''}
       ORDER BY seq DESC LIMIT ${size + 1}`,
      cursor ? [...values, cursor[0]] : values,
    ),
    ctx.db.pool.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM audit.event WHERE ${where.join(' AND ')}`,
      values,
    ),
  ])
  const items = rows.rows.map(toAuditEvent)
  const last = items.length > size ? items[size - 1] : undefined
  return {
    items: items.slice(0, size),
    nextPageToken: last ? ctx.crypto.pageTokens.seal(list, [last.seq]) : '',
    totalCount: total.rows[0]?.count ?? 0,
  }
}

/** A stored row as an event. */
export function toAuditEvent(row: EventRow): AuditEvent {
  const document = JSON.parse(row.payload) as Omit<
    AuditEvent,
    'id' | 'seq' | 'organizationId' | 'createdAt' | 'hash'
  >
  return {
    ...document,
    id: row.id,
    seq: Number(row.seq),
    organizationId: row.organizationId,
    createdAt: Number(row.atMs),
    hash: row.hash,
  }
}

/** True for the event types of this version. */
export function isAuditEventType(value: string): value is AuditEventType {
  return (AUDIT_EVENT_TYPES as readonly string[]).includes(value)
}
