import { AUDIT_EVENT_TYPES, type AuditEventType } from '@/lib/audit/events'
import { isUuid } from '@/lib/ids'

/** The filters of the audit log as the URL holds them. Times are whole UTC days. */

export interface AuditFilters {
  eventTypes: AuditEventType[]
  actorId: string | null
  targetId: string | null
  search: string
  /** `2026-01-31`, first day shown. */
  from: string | null
  /** `2026-01-31`, last day shown. */
  to: string | null
}

export type SearchParams = Record<string, string | string[] | undefined>

const DAY = /^\d{4}-\d{2}-\d{2}$/
const DAY_MS = 24 * 60 * 60 * 1000
const SEARCH_MAX = 200

export const NO_FILTERS: AuditFilters = {
  eventTypes: [],
  actorId: null,
  targetId: null,
  search: '',
  from: null,
  to: null,
}

function all(value: string | string[] | undefined): string[] {
  if (value === undefined) return []
  return Array.isArray(value) ? value : [value]
}

function startOfDay(day: string): number | null {
  if (!DAY.test(day)) return null
  const ms = Date.parse(`${day}T00:00:00.000Z`)
  // `2026-02-31` parses as March in some engines: only a date that reads back as itself is one.
  return Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 10) !== day ? null : ms
}

function validDay(value: string | undefined): string | null {
  return value !== undefined && startOfDay(value) !== null ? value : null
}

function validId(value: string | undefined): string | null {
  return value !== undefined && isUuid(value) ? value.toLowerCase() : null
}

/** Reads a query string; whatever is malformed counts as absent, so that an edited URL still opens. */
export function parseAuditFilters(params: SearchParams): AuditFilters {
  const types = all(params.type)
  return {
    eventTypes: AUDIT_EVENT_TYPES.filter((type) => types.includes(type)),
    actorId: validId(all(params.actor)[0]),
    targetId: validId(all(params.target)[0]),
    search: (all(params.q)[0] ?? '').trim().slice(0, SEARCH_MAX),
    from: validDay(all(params.from)[0]),
    to: validDay(all(params.to)[0]),
  }
}

/** The query string (no `?`) of the filters; equal filters give equal strings. */
export function auditQueryString(filters: AuditFilters): string {
  const query = new URLSearchParams()
  for (const type of [...filters.eventTypes].sort()) query.append('type', type)
  if (filters.actorId) query.set('actor', filters.actorId)
  if (filters.targetId) query.set('target', filters.targetId)
  if (filters.search) query.set('q', filters.search)
  if (filters.from) query.set('from', filters.from)
  if (filters.to) query.set('to', filters.to)
  return query.toString()
}

export function hasAuditFilters(filters: AuditFilters): boolean {
  return auditQueryString(filters) !== ''
}

/** The filters as the core takes them: epoch ms, `from` inclusive, `to` exclusive. */
export function coreAuditFilters(filters: AuditFilters) {
  const from = filters.from === null ? null : startOfDay(filters.from)
  const to = filters.to === null ? null : startOfDay(filters.to)
  return {
    ...(filters.eventTypes.length > 0 && { eventTypes: filters.eventTypes }),
    ...(filters.actorId !== null && { actorId: filters.actorId }),
    ...(filters.targetId !== null && { targetId: filters.targetId }),
    ...(filters.search !== '' && { search: filters.search }),
    ...(from !== null && { from }),
    ...(to !== null && { to: to + DAY_MS }),
  }
}
