import { appendAudit } from '@/lib/audit/append'
import type { AuditEvent } from '@/lib/audit/events'
import {
  type AuditFilter,
  authorizeAuditReading,
  filterClauses,
  toAuditEvent,
} from '@/lib/audit/queries'
import type { Context } from '@/lib/context'
import { csvCell } from '@/lib/csv-cell'

const BATCH = 1000

const COLUMNS = [
  'seq',
  'time',
  'event',
  'actor',
  'actorType',
  'actorId',
  'target',
  'targetType',
  'targetId',
  'details',
  'ip',
  'userAgent',
  'requestId',
  'hash',
] as const

/**
 * The whole filtered trail, oldest first, as chunks of text; memory stays flat. The export is itself an
 * audit event, written before the first line.
 * @throws DomainError forbidden, before anything is produced
 */
export async function exportAuditEvents(
  ctx: Context,
  request: AuditFilter & { format: 'csv' | 'ndjson' },
): Promise<AsyncIterable<string>> {
  authorizeAuditReading(ctx)
  const { format, ...filter } = request
  await appendAudit(ctx.db.pool, ctx, {
    eventType: 'AUDIT_EXPORTED',
    target: {
      type: 'organization',
      id: ctx.organization.id,
      label: ctx.organization.name,
      familyId: null,
    },
    details: { format, filter },
  })
  return chunks(ctx, filter, format)
}

async function* chunks(
  ctx: Context,
  filter: AuditFilter,
  format: 'csv' | 'ndjson',
): AsyncGenerator<string> {
  if (format === 'csv') yield `${COLUMNS.join(',')}\r\n`
  const clauses = filterClauses(filter)
  let after = 0
  for (;;) {
    const rows = await ctx.db.pool.query<Parameters<typeof toAuditEvent>[0]>(
      `SELECT organization_id AS "organizationId", seq, id, at_ms AS "atMs", payload,
              encode(hash, 'hex') AS hash
       FROM audit.event
       WHERE ${['organization_id = $1', ...clauses.sql].join(' AND ')} AND seq > $${clauses.values.length + 2}
       ORDER BY seq LIMIT ${BATCH}`,
      [ctx.organization.id, ...clauses.values, after],
    )
    const events = rows.rows.map(toAuditEvent)
    const last = events.at(-1)
    if (!last) return
    after = last.seq
    yield events
      .map((event) => (format === 'csv' ? csvLine(event) : `${JSON.stringify(event)}\n`))
      .join('')
  }
}

function csvLine(event: AuditEvent): string {
  const cells: Record<(typeof COLUMNS)[number], string> = {
    seq: String(event.seq),
    time: new Date(event.createdAt).toISOString(),
    event: event.eventType,
    actor: event.actor.label,
    actorType: event.actor.type,
    actorId: event.actor.id ?? '',
    target: event.target.label,
    targetType: event.target.type,
    targetId: event.target.id,
    details: JSON.stringify(event.details),
    ip: event.request.ip ?? '',
    userAgent: event.request.userAgent ?? '',
    requestId: event.request.id ?? '',
    hash: event.hash,
  }
  return `${COLUMNS.map((column) => csvCell(cells[column])).join(',')}\r\n`
}
